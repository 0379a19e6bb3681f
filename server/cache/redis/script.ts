import { createHash } from 'node:crypto';
import { ErrorReply } from 'redis';
import type { RedisCommands } from './connections.ts';

/**
 * Runs a Lua script, which Redis runs as one step. Redis knows scripts by their SHA-1 until it restarts; one it does
 * not know is sent whole.
 */
export const runScript = async (
  redis: RedisCommands,
  script: string,
  keys: string[],
  parameters: readonly (string | number)[],
): Promise<unknown> => {
  const { commands, calls } = redis;
  const options = { keys, arguments: parameters.map(String) };
  const digest = createHash('sha1').update(script).digest('hex');
  try {
    return await calls.run(() => commands.evalSha(digest, options));
  } catch (error) {
    if (!(error instanceof ErrorReply && error.message.startsWith('NOSCRIPT'))) throw error;
    return runInOrder(redis, script, keys, parameters);
  }
};

/**
 * The same, sent whole at once: what this process sends later is run later too. A script that Redis did not know is sent
 * a second time, and by then another may have been run before it.
 */
export const runInOrder = (
  { commands, calls }: RedisCommands,
  script: string,
  keys: string[],
  parameters: readonly (string | number)[],
): Promise<unknown> => calls.run(() => commands.eval(script, { keys, arguments: parameters.map(String) }));
