/**
 * The governor's rules in Lua, the same as in memory-governor.ts.
 *
 * KEYS: slots (sorted set: slot → when it lapses, by Redis's own clock), calls (sorted set: call → when it began or,
 * once over, ended), day (hash: number, calls), pause (hash: from, until, reason). Everything is forgotten two days
 * after its last change. What calls, days and pauses mean is decided by the caller's clock alone; a slot in flight is
 * about processes that live or do not, which no moved clock changes.
 */
const keys = `
local slots, calls, day, pause = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local twoDaysMs = 172800000
local function keep(key) redis.call('pexpire', key, twoDaysMs) end
local function exact(ms) return string.format('%.0f', ms) end
`;

/** ARGV of all that use it: the caller's clock, windowMs, dayMs, then what the script names. */
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

/** Slots of processes that are gone lapse. None can last longer than from now on, also where Redis's clock was set back. */
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

/** ARGV: lapseMs, then the slots that their process holds still. */
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

/** ARGV: how long, reason. */
export const pauseScript = `${prelude}
local til = now + tonumber(ARGV[4])
if til > readPause() then
  redis.call('hset', pause, 'from', exact(now), 'until', exact(til), 'reason', ARGV[5])
  keep(pause)
end
`;

/** ARGV: left of the day, left of the minute (either may be ''), limits a day, a minute, a name for what was forgotten, lapseMs. */
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
