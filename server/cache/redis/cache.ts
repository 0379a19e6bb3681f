import { AppError } from '#shared/app-error.ts';
import type { Cache } from '../cache.ts';
import { buildRedisChannels } from './channels.ts';
import { closeRedisConnections, openRedisConnections, type RedisCommands } from './connections.ts';
import { buildRedisGovernor } from './governor.ts';
import { runScript } from './script.ts';

/** Separates this product's keys and channels from others in the same Redis. */
const prefix = 'ledgerside:';

/** The number changes with the shape of any cached value: during a rolling update, two releases share one Redis. */
const valuePrefix = `${prefix}value3:`;

const lockScript = `local holder = redis.call('get', KEYS[1])
if holder and holder ~= ARGV[1] then return 0 end
redis.call('set', KEYS[1], ARGV[1], 'px', ARGV[2])
return 1`;
const unlockScript = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`;
const extendScript = `if redis.call('get', KEYS[1]) == ARGV[1] then
  return redis.call('pexpire', KEYS[1], ARGV[2]) end return 0`;

/** ARGV: whether the guard expects a value, that value, the TTL in milliseconds, then one value per key. */
const setIfScript = `local known = redis.call('get', KEYS[1])
if ARGV[1] == '1' then if known ~= ARGV[2] then return 0 end elseif known then return 0 end
for index = 2, #KEYS do redis.call('set', KEYS[index], ARGV[index + 2], 'px', ARGV[3]) end
return 1`;

export async function openRedisCache(redisUrl: string, onError: (error: unknown) => void): Promise<Cache> {
  const connections = await openRedisConnections(redisUrl, onError);
  const { commands, listening, calls } = connections;
  const { close: stopBeating, ...governor } = buildRedisGovernor(connections, prefix);
  return {
    ...buildValues(connections),
    ...buildLocks(connections),
    ...buildRedisChannels({ ...connections, prefix, onError }),
    governor,
    ping: async () => {
      await calls.run(() => commands.ping());
      if (!listening.isReady)
        throw new AppError('unavailable', { detail: 'The Redis connection for messages is down' });
    },
    close: async () => {
      stopBeating();
      await closeRedisConnections(connections);
    },
  };
}

function buildValues(redis: RedisCommands): Pick<Cache, 'get' | 'getMany' | 'set' | 'setIf' | 'delete'> {
  const { commands, calls } = redis;
  const remove = async (key: string): Promise<void> => {
    await calls.run(() => commands.del(valuePrefix + key));
  };
  return {
    get: async (key) => (await calls.run(() => commands.get(valuePrefix + key))) ?? undefined,
    getMany: async (keys) => {
      // Redis refuses a command without keys.
      if (keys.length === 0) return [];
      const values = await calls.run(() => commands.mGet(keys.map((key) => valuePrefix + key)));
      return values.map((value) => value ?? undefined);
    },
    setIf: async (guard, entries, ttlSeconds) => {
      const keys = [guard.key, ...entries.map(([key]) => key)].map((key) => valuePrefix + key);
      const values = entries.map(([, value]) => value);
      const held = guard.value === undefined ? ['0', ''] : ['1', guard.value];
      return (await runScript(redis, setIfScript, keys, [...held, Math.round(ttlSeconds * 1_000), ...values])) === 1;
    },
    set: async (key, value, ttlSeconds) => {
      const ttlMs = Math.round(ttlSeconds * 1_000);
      // Redis refuses a TTL of 0.
      if (ttlMs <= 0) return remove(key);
      await calls.run(() => commands.set(valuePrefix + key, value, { expiration: { type: 'PX', value: ttlMs } }));
    },
    delete: remove,
  };
}

/** Locks have a prefix of their own, as in memory: a value may use the same key. */
function buildLocks(redis: RedisCommands): Pick<Cache, 'lock' | 'extend' | 'unlock'> {
  const isDone = async (script: string, key: string, parameters: readonly (string | number)[]): Promise<boolean> =>
    (await runScript(redis, script, [`${prefix}lock:${key}`], parameters)) === 1;
  return {
    lock: (key, owner, ttlMs) => isDone(lockScript, key, [owner, Math.ceil(ttlMs)]),
    extend: (key, owner, ttlMs) => isDone(extendScript, key, [owner, Math.ceil(ttlMs)]),
    unlock: async (key, owner) => {
      await isDone(unlockScript, key, [owner]);
    },
  };
}
