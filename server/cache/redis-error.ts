import { ErrorReply } from 'redis';
import { AppError } from '#shared/app-error.ts';

/** First words of replies that speak of the server's state and not of the command. Source: Redis's own error prefixes. */
const awayReplies =
  /^(LOADING|BUSY|READONLY|OOM|MASTERDOWN|CLUSTERDOWN|TRYAGAIN|MISCONF|NOREPLICAS|UNBLOCKED|NOAUTH|WRONGPASS)\b/;

/** How long Redis may take before a call gives it up; it answers within a millisecond when it is well. */
const commandTimeoutMs = 2_000;

/**
 * Runs a call to Redis. Whatever is no answer to the command (connection lost, server starting, nothing heard in
 * time) becomes `unavailable` with its cause; a refusal of the command itself is our own mistake and passes as it is.
 */
export const fromRedis = async <T>(call: () => Promise<T>): Promise<T> => {
  try {
    return await withDeadline(call());
  } catch (error) {
    if (error instanceof ErrorReply && !awayReplies.test(error.message)) throw error;
    throw error instanceof AppError ? error : new AppError('unavailable', { cause: error });
  }
};

const withDeadline = async <T>(reply: Promise<T>): Promise<T> => {
  let timer: NodeJS.Timeout | undefined;
  const deadline = new Promise<never>((_, reject) => {
    // Real time: a connection that hangs does so by no other.
    timer = setTimeout(
      () => reject(new AppError('unavailable', { cause: new Error('Redis did not answer in time') })),
      commandTimeoutMs,
    );
  });
  try {
    return await Promise.race([reply, deadline]);
  } finally {
    clearTimeout(timer);
  }
};
