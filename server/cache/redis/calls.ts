import { AppError } from '#shared/app-error.ts';
import { toRedisError } from './error.ts';

export type RedisCalls = {
  /** Rejects with `unavailable` if Redis does not answer in time, and at once while it counts as unavailable. */
  run<T>(call: () => Promise<T>): Promise<T>;
  /** Has the same timeout as `run`, but is sent even while Redis is unavailable. Use it to undo an earlier call. */
  runAnyway<T>(call: () => Promise<T>): Promise<T>;
  isAway(): boolean;
  /** Stops the probes. */
  close(): void;
};

export type RedisCallsOptions = {
  /** Checks every connection for a sign of life. One probe runs at a time, and nothing else is sent meanwhile. */
  probe(): Promise<unknown>;
  /** How long a call waits for its reply. A healthy Redis answers within a millisecond. */
  timeoutMs?: number;
  /** After one call without a timely answer, Redis counts as unavailable for at least this long. */
  awayMs?: number;
  /** The pause between two probes. */
  probeEveryMs?: number;
};

/**
 * A circuit breaker around all calls to one Redis. With a Redis that hangs, every step of a request would wait for its
 * own timeout. So the first call without a timely answer opens the breaker: waiting calls fail, new ones are refused at
 * once, and a probe finds out when Redis answers again.
 */
export function buildRedisCalls(options: RedisCallsOptions): RedisCalls {
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
}

function didNotAnswer(): AppError {
  return new AppError('unavailable', { cause: new Error('Redis did not answer in time') });
}

function startTimer(ms: number, act: () => void): () => void {
  let isStopped = false;
  // Real time: a hanging connection is not affected by the test clock.
  const timer = setTimeout(() => {
    // If this process itself was busy, it first reads what Redis has sent meanwhile.
    setImmediate(() => isStopped || act());
  }, ms);
  return () => {
    isStopped = true;
    clearTimeout(timer);
  };
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    // Real time: Redis does not follow the test clock. The timer does not keep the process alive.
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
}
