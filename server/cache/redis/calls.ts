import { AppError } from '#shared/app-error.ts';
import { toRedisError } from './error.ts';

export type RedisCalls = {
  /** Rejects with `unavailable` where Redis does not answer in time, and at once while it is counted as away. */
  run<T>(call: () => Promise<T>): Promise<T>;
  /** Bounded like `run`, but sent even while Redis is away: for taking back what was asked of it before. */
  runAnyway<T>(call: () => Promise<T>): Promise<T>;
  isAway(): boolean;
  /** Ends the probing. */
  close(): void;
};

export type RedisCallsOptions = {
  /** Asks Redis for a sign of life on every connection. One probe at a time, and nothing is sent beside it. */
  probe(): Promise<unknown>;
  /** How long a call waits for its reply; a healthy Redis answers within a millisecond. */
  timeoutMs?: number;
  /** After one call was not answered in time, Redis is left alone for this long. */
  awayMs?: number;
  /** Pause between two probes. */
  probeEveryMs?: number;
};

/**
 * A circuit breaker around all calls to one Redis. A Redis that hangs would make every step of a request wait for its
 * own deadline. So the first call that is not answered in time opens the breaker: calls that wait for a reply are given
 * up, new ones are refused at once, and a probe finds out when Redis answers again.
 */
export const buildRedisCalls = (options: RedisCallsOptions): RedisCalls => {
  const { probe, timeoutMs = 2_000, awayMs = 5_000, probeEveryMs = 1_000 } = options;
  const waiting = new Set<(error: AppError) => void>();
  const ending = new AbortController();
  let isAway = false;

  const giveUp = (): void => {
    if (isAway || ending.signal.aborted) return;
    isAway = true;
    for (const refuse of [...waiting]) refuse(didNotAnswer());
    void watch();
  };
  const watch = async (): Promise<void> => {
    await pause(awayMs, ending.signal);
    while (!ending.signal.aborted) {
      if (await answersInTime()) break;
      await pause(probeEveryMs, ending.signal);
    }
    isAway = false;
  };
  const answersInTime = async (): Promise<boolean> => {
    const sentMs = performance.now();
    const hasAnswered = await probe().then(
      () => true,
      () => false,
    );
    return hasAnswered && performance.now() - sentMs < timeoutMs;
  };
  const bound = <T>(call: () => Promise<T>, onLate: () => void): Promise<T> =>
    new Promise<T>((resolve, reject) => {
      const end = (finish: () => void) => {
        stopTimer();
        waiting.delete(refuse);
        finish();
      };
      const refuse = (error: unknown) => end(() => reject(error));
      const stopTimer = startTimer(timeoutMs, () => {
        onLate();
        refuse(didNotAnswer());
      });
      waiting.add(refuse);
      call().then(
        (value) => end(() => resolve(value)),
        (error: unknown) => refuse(toRedisError(error)),
      );
    });

  return {
    run: async (call) => {
      if (isAway) throw didNotAnswer();
      return bound(call, giveUp);
    },
    runAnyway: (call) => bound(call, () => undefined),
    isAway: () => isAway,
    close: () => ending.abort(),
  };
};

const didNotAnswer = (): AppError => new AppError('unavailable', { cause: new Error('Redis did not answer in time') });

const startTimer = (ms: number, act: () => void): (() => void) => {
  let isStopped = false;
  // Real time: a connection that hangs does so by no other.
  const timer = setTimeout(() => {
    // A process that was busy itself for so long first reads what Redis has sent meanwhile.
    setImmediate(() => isStopped || act());
  }, ms);
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
};

const pause = (ms: number, signal: AbortSignal): Promise<void> =>
  new Promise((resolve) => {
    // Real time: Redis comes back by no other. It keeps no process from ending.
    const timer = setTimeout(resolve, ms).unref();
    signal.addEventListener(
      'abort',
      () => {
        clearTimeout(timer);
        resolve();
      },
      { once: true },
    );
  });
