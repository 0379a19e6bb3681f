import { AppError } from '#shared/app-error.ts';
import type { Cache } from './cache.ts';
import { buildRedisChannels } from './redis-channels.ts';
import { openRedisConnections, type RedisConnection } from './redis-connections.ts';
import { fromRedis } from './redis-error.ts';
import { buildRedisGovernor } from './redis-governor.ts';
import { runScript } from './redis-script.ts';

/** Keeps this product's keys and channels apart from others' in one Redis. */
const prefix = 'ledgerside:';

/** Moves when the shape of anything kept changes: two releases may run over one Redis while one replaces the other. */
const valuePrefix = `${prefix}value2:`;

const unlockScript = `if redis.call('get', KEYS[1]) == ARGV[1] then return redis.call('del', KEYS[1]) end return 0`;
const extendScript = `if redis.call('get', KEYS[1]) == ARGV[1] then
  return redis.call('pexpire', KEYS[1], ARGV[2]) end return 0`;

/** ARGV: whether the guard holds something, what it holds, the lifetime in milliseconds, then a value a key. */
const setIfScript = `local known = redis.call('get', KEYS[1])
if ARGV[1] == '1' then if known ~= ARGV[2] then return 0 end elseif known then return 0 end
for index = 2, #KEYS do redis.call('set', KEYS[index], ARGV[index + 2], 'px', ARGV[3]) end
return 1`;

export const openRedisCache = async (redisUrl: string, onError: (error: unknown) => void): Promise<Cache> => {
  const { commands, listening } = await openRedisConnections(redisUrl, onError);
  return {
    ...buildValues(commands),
    ...buildLocks(commands),
    ...buildRedisChannels({ commands, listening, prefix, onError }),
    governor: buildRedisGovernor(commands, prefix),
    ping: async () => {
      await fromRedis(() => commands.ping());
      if (!listening.isReady) throw new AppError('unavailable', { detail: 'Redis sends no messages right now' });
    },
    close: async () => {
      for (const connection of [commands, listening]) await closeConnection(connection);
    },
  };
};

/** Lets running commands end; a connection that is down has none. */
const closeConnection = async (connection: RedisConnection): Promise<void> => {
  if (connection.isReady) await connection.close();
  else if (connection.isOpen) connection.destroy();
};

const buildValues = (commands: RedisConnection): Pick<Cache, 'get' | 'getMany' | 'set' | 'setIf' | 'delete'> => {
  const remove = async (key: string): Promise<void> => {
    await fromRedis(() => commands.del(valuePrefix + key));
  };
  return {
    get: async (key) => (await fromRedis(() => commands.get(valuePrefix + key))) ?? undefined,
    getMany: async (keys) => {
      // Redis refuses a question about nothing.
      if (keys.length === 0) return [];
      const values = await fromRedis(() => commands.mGet(keys.map((key) => valuePrefix + key)));
      return values.map((value) => value ?? undefined);
    },
    setIf: async (guard, entries, ttlSeconds) => {
      const keys = [guard.key, ...entries.map(([key]) => key)].map((key) => valuePrefix + key);
      const values = entries.map(([, value]) => value);
      const held = guard.value === undefined ? ['0', ''] : ['1', guard.value];
      return (await runScript(commands, setIfScript, keys, [...held, Math.round(ttlSeconds * 1_000), ...values])) === 1;
    },
    set: async (key, value, ttlSeconds) => {
      const ttlMs = Math.round(ttlSeconds * 1_000);
      // Redis refuses a lifetime of 0.
      if (ttlMs <= 0) return remove(key);
      await fromRedis(() => commands.set(valuePrefix + key, value, { expiration: { type: 'PX', value: ttlMs } }));
    },
    delete: remove,
  };
};

/** Locks have a name space of their own, as in memory: a value may have the same key. */
const buildLocks = (commands: RedisConnection): Pick<Cache, 'lock' | 'extend' | 'unlock'> => {
  const nameOf = (key: string): string => `${prefix}lock:${key}`;
  return {
    lock: async (key, owner, ttlMs) => {
      const expiration = { type: 'PX' as const, value: Math.ceil(ttlMs) };
      const reply = await fromRedis(() => commands.set(nameOf(key), owner, { condition: 'NX', expiration }));
      return reply === 'OK';
    },
    extend: async (key, owner, ttlMs) =>
      (await runScript(commands, extendScript, [nameOf(key)], [owner, Math.ceil(ttlMs)])) === 1,
    unlock: async (key, owner) => {
      await runScript(commands, unlockScript, [nameOf(key)], [owner]);
    },
  };
};
