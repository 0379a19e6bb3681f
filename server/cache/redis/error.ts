import { ErrorReply } from 'redis';
import { AppError } from '#shared/app-error.ts';

/** Prefixes of error replies about the server's state rather than the command. Source: Redis's own error prefixes. */
const awayReplies =
  /^(LOADING|BUSY|READONLY|OOM|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|MISCONF|NOREPLICAS|UNBLOCKED|NOAUTH|WRONGPASS)\b/;

/**
 * Turns failures that are no answer to the command (lost connection, server starting) into `unavailable` with a cause.
 * A refusal of the command itself is our own bug and is returned unchanged.
 */
export function toRedisError(error: unknown): unknown {
  if (error instanceof ErrorReply && !awayReplies.test(error.message)) return error;
  return error instanceof AppError ? error : new AppError('unavailable', { cause: error });
}
