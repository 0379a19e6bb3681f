import { createHash } from 'node:crypto';
import { ErrorReply } from 'redis';
import type { RedisCommands } from './connections.ts';

/**
 * Runs a Lua script, which Redis runs as one atomic step. Redis knows scripts by their SHA-1 until it restarts. An
 * unknown script is sent in full.
 */
export async function runScript(
  redis: RedisCommands,
  script: string,
  keys: string[],
  parameters: readonly (string | number)[],
): Promise<unknown> {
  const { commands, calls } = redis;
  const options = { keys, arguments: parameters.map(String) };
  const digest = createHash('sha1').update(script).digest('hex');
  try {
    return await calls.run(() => commands.evalSha(digest, options));
  } catch (error) {
    if (!(error instanceof ErrorReply && error.message.startsWith('NOSCRIPT'))) throw error;
    return runInOrder(redis, script, keys, parameters);
  }
}

/**
 * Runs a script by always sending it in full, so that scripts run in the order in which they were sent. With the SHA-1
 * first, an unknown script is sent twice, and another script may run in between.
 */
export function runInOrder(
  { commands, calls }: RedisCommands,
  script: string,
  keys: string[],
  parameters: readonly (string | number)[],
): Promise<unknown> {
  return calls.run(() => commands.eval(script, { keys, arguments: parameters.map(String) }));
}
