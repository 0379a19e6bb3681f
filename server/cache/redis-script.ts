import { createHash } from 'node:crypto';
import { ErrorReply } from 'redis';
import type { RedisConnection } from './redis-connections.ts';
import { fromRedis } from './redis-error.ts';

/**
 * Runs a Lua script, which Redis runs as one step. Redis knows scripts by their SHA-1 until it restarts; one it does
 * not know is sent whole.
 */
export const runScript = async (
  commands: RedisConnection,
  script: string,
  keys: string[],
  parameters: readonly (string | number)[],
): Promise<unknown> => {
  const options = { keys, arguments: parameters.map(String) };
  const digest = createHash('sha1').update(script).digest('hex');
  try {
    return await fromRedis(() => commands.evalSha(digest, options));
  } catch (error) {
    if (!(error instanceof ErrorReply && error.message.startsWith('NOSCRIPT'))) throw error;
    return fromRedis(() => commands.eval(script, options));
  }
};
