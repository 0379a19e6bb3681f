/**
 * The governor's rules in Lua, the same as in memory-governor.ts.
 *
 * KEYS: slots (sorted set: slot → when it lapses), calls (sorted set: call → when it began or, once over, ended), day (hash: number, calls),
 * pause (hash: until, reason). Everything lapses by itself two days after its last change, by Redis's own clock; what
 * it means is decided by the caller's clock alone.
 */
const prelude = `
local slots, calls, day, pause = KEYS[1], KEYS[2], KEYS[3], KEYS[4]
local twoDaysMs = 172800000
local function keep(key) redis.call('pexpire', key, twoDaysMs) end
local function callsOfDay(now, dayMs)
  local number = math.floor(now / dayMs)
  local known = redis.call('hmget', day, 'number', 'calls')
  if tonumber(known[1]) == number then return tonumber(known[2]), number end
  return 0, number
end
local function setCallsOfDay(number, count)
  redis.call('hset', day, 'number', number, 'calls', count)
  keep(day)
end
local function exact(ms) return string.format('%.0f', ms) end
`;

export const enterScript = `${prelude}
local now, slot = tonumber(ARGV[1]), ARGV[2]
local inFlight, perMinute, perDay = tonumber(ARGV[3]), tonumber(ARGV[4]), tonumber(ARGV[5])
local windowMs, lapseMs, slotWaitMs, dayMs = tonumber(ARGV[6]), tonumber(ARGV[7]), ARGV[8], tonumber(ARGV[9])
local paused = redis.call('hmget', pause, 'until', 'reason')
if paused[1] and tonumber(paused[1]) > now then
  return { paused[2] == 'day' and 'day' or 'paused', paused[1] }
end
local used, number = callsOfDay(now, dayMs)
if used >= perDay then return { 'day', exact((number + 1) * dayMs) } end
redis.call('zremrangebyscore', calls, '-inf', exact(now - windowMs))
if redis.call('zcard', calls) >= perMinute then
  local oldest = redis.call('zrange', calls, 0, 0, 'withscores')
  return { 'minute', exact(tonumber(oldest[2] or now) + windowMs - now) }
end
redis.call('zremrangebyscore', slots, '-inf', exact(now))
if redis.call('zcard', slots) >= inFlight then return { 'in_flight', slotWaitMs } end
redis.call('zadd', slots, exact(now + lapseMs), slot)
redis.call('zadd', calls, exact(now), slot)
keep(slots)
keep(calls)
setCallsOfDay(number, used + 1)
return { 'admitted' }
`;

export const leaveScript = `${prelude}
local slot, now = ARGV[1], tonumber(ARGV[2])
redis.call('zrem', slots, slot)
local began = redis.call('zscore', calls, slot)
if began and tonumber(began) < now then
  redis.call('zadd', calls, exact(now), slot)
  keep(calls)
end
`;

export const pauseScript = `${prelude}
local known = redis.call('hget', pause, 'until')
if not known or tonumber(ARGV[1]) > tonumber(known) then
  redis.call('hset', pause, 'until', ARGV[1], 'reason', ARGV[2])
  keep(pause)
end
`;

export const correctScript = `${prelude}
local now, leftOfDay, leftOfMinute = tonumber(ARGV[1]), tonumber(ARGV[2]), tonumber(ARGV[3])
local perDay, perMinute = tonumber(ARGV[4]), tonumber(ARGV[5])
local windowMs, dayMs, name = tonumber(ARGV[6]), tonumber(ARGV[7]), ARGV[8]
if leftOfDay then
  local used = math.min(perDay, perDay - leftOfDay)
  local known, number = callsOfDay(now, dayMs)
  if used > known then setCallsOfDay(number, used) end
end
if leftOfMinute then
  redis.call('zremrangebyscore', calls, '-inf', exact(now - windowMs))
  redis.call('zremrangebyscore', slots, '-inf', exact(now))
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
local used = callsOfDay(tonumber(ARGV[1]), tonumber(ARGV[2]))
return { used, redis.call('hget', pause, 'until') or 0 }
`;
