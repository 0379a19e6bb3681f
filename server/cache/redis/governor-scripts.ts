/**
 * The governor's rules in Lua, the same as in memory/governor.ts.
 * KEYS: slots (sorted set: slot → when it expires, by Redis's own clock), calls (sorted set: call → when it began or,
 * once finished, ended), day (hash: number, calls), pause (hash: from, until, reason). Every key expires two days after
 * its last change. Calls, days and pauses follow the caller's clock alone. Slots follow Redis's clock, because whether
 * a process is alive does not depend on a clock that was moved.
 */
const keys = `
local slots, calls, day, pause = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local twoDaysMs = 172800000
local function keep(key) redis.call('pexpire', key, twoDaysMs) end
local function exact(ms) return string.format('%.0f', ms) end
`;

/** ARGV of all scripts that use it: the caller's clock, windowMs, dayMs, then the script's own arguments. */
const prelude = `${keys}
local now, windowMs, dayMs = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local function setCallsOfDay(number, count)
  redis.call('hset', day, 'number', number, 'calls', count)
  keep(day)
end
-- After the caller's clock was set back: what lies ahead of it counts from now on.
for _, call in ipairs(redis.call('zrangebyscore', calls, '(' .. exact(now + windowMs), '+inf')) do
  redis.call('zadd', calls, exact(now), call)
end
local function readPause()
  local from, til, reason = unpack(redis.call('hmget', pause, 'from', 'until', 'reason'))
  if not til then return 0 end
  from, til = tonumber(from or now), tonumber(til)
  if from > now + windowMs then
    til = now + til - from
    redis.call('hset', pause, 'from', exact(now), 'until', exact(til))
  end
  return til, reason
end
local function callsOfDay()
  local today = math.floor(now / dayMs)
  local known = redis.call('hmget', day, 'number', 'calls')
  local number = tonumber(known[1] or -1)
  if number > today then setCallsOfDay(today, known[2]) end
  if number >= today then return tonumber(known[2]), today end
  return 0, today
end
`;

/**
 * Removes the slots of dead processes. No slot lasts longer than `lapseMs` from now, even if Redis's clock was set
 * back.
 */
const slotPrelude = `
local time = redis.call('time')
local redisNow = tonumber(time[1]) * 1000 + math.floor(tonumber(time[2]) / 1000)
local function clearSlots(lapseMs)
  redis.call('zremrangebyscore', slots, '-inf', exact(redisNow))
  for _, slot in ipairs(redis.call('zrangebyscore', slots, '(' .. exact(redisNow + lapseMs), '+inf')) do
    redis.call('zadd', slots, exact(redisNow + lapseMs), slot)
  end
end
`;

/** ARGV: slot, limits in flight, a minute, a day, lapseMs, slotWaitMs. */
export const enterScript = `${prelude}${slotPrelude}
local slot, inFlight, perMinute, perDay = ARGV[4], tonumber(ARGV[5]), tonumber(ARGV[6]), tonumber(ARGV[7])
local lapseMs, slotWaitMs = tonumber(ARGV[8]), ARGV[9]
local til, reason = readPause()
if til > now then return { reason == 'day' and 'paused_day' or 'paused_minute', exact(til) } end
local used, today = callsOfDay()
if used >= perDay then return { 'day', exact((today + 1) * dayMs) } end
redis.call('zremrangebyscore', calls, '-inf', exact(now - windowMs))
local inMinute = redis.call('zcard', calls)
if inMinute >= perMinute then
  local last = redis.call('zrange', calls, inMinute - perMinute, inMinute - perMinute, 'withscores')
  return { 'minute', exact(tonumber(last[2] or now) + windowMs - now) }
end
clearSlots(lapseMs)
if redis.call('zcard', slots) >= inFlight then return { 'in_flight', slotWaitMs } end
redis.call('zadd', slots, exact(redisNow + lapseMs), slot)
redis.call('zadd', calls, exact(now), slot)
keep(slots)
keep(calls)
setCallsOfDay(today, used + 1)
return { 'admitted' }
`;

/** ARGV: lapseMs, then the slots that the process still holds. */
export const beatScript = `${keys}${slotPrelude}
for index = 2, #ARGV do redis.call('zadd', slots, exact(redisNow + tonumber(ARGV[1])), ARGV[index]) end
keep(slots)
`;

/** ARGV: slot. */
export const leaveScript = `${prelude}
redis.call('zrem', slots, ARGV[4])
local began = redis.call('zscore', calls, ARGV[4])
if began and tonumber(began) < now then
  redis.call('zadd', calls, exact(now), ARGV[4])
  keep(calls)
end
`;

/** ARGV: duration, reason. */
export const pauseScript = `${prelude}
local til = now + tonumber(ARGV[4])
if til > readPause() then
  redis.call('hset', pause, 'from', exact(now), 'until', exact(til), 'reason', ARGV[5])
  keep(pause)
end
`;

/**
 * ARGV: calls left today, calls left this minute (either may be ''), limits a day and a minute, a name for forgotten
 * calls, lapseMs.
 */
export const correctScript = `${prelude}${slotPrelude}
local leftOfDay, leftOfMinute = tonumber(ARGV[4]), tonumber(ARGV[5])
local perDay, perMinute, name = tonumber(ARGV[6]), tonumber(ARGV[7]), ARGV[8]
if leftOfDay then
  local used = math.min(perDay, perDay - leftOfDay)
  local known, today = callsOfDay()
  if used > known then setCallsOfDay(today, used) end
end
if leftOfMinute then
  redis.call('zremrangebyscore', calls, '-inf', exact(now - windowMs))
  clearSlots(tonumber(ARGV[9]))
  local used, known = math.min(perMinute, perMinute - leftOfMinute), redis.call('zcard', calls)
  if used > known then
    for missing = 1, math.min(perMinute, used + redis.call('zcard', slots)) - known do
      redis.call('zadd', calls, exact(now), name .. ':' .. missing)
    end
    keep(calls)
  end
end
`;

export const usageScript = `${prelude}
local used = callsOfDay()
return { used, exact(readPause()) }
`;
