import { ErrorReply } from 'redis';
import { AppError } from '#shared/app-error.ts';

/** First words of replies that speak of the server's state and not of the command. Source: Redis's own error prefixes. */
const awayReplies =
  /^(LOADING|BUSY|READONLY|OOM|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|MISCONF|NOREPLICAS|UNBLOCKED|NOAUTH|WRONGPASS)\b/;

/**
 * Whatever is no answer to the command (connection lost, server starting) becomes `unavailable` with its cause; a
 * refusal of the command itself is our own mistake and passes as it is.
 */
export const toRedisError = (error: unknown): unknown => {
  if (error instanceof ErrorReply && !awayReplies.test(error.message)) return error;
  return error instanceof AppError ? error : new AppError('unavailable', { cause: error });
};
