import { useEffect, useState } from 'react';
import { errorRetries } from '#shared/error-retries.ts';
import type { Failure } from './failures/failure.ts';

/** The waits before each retry, in milliseconds. The last one repeats. */
const waitsMs = [30_000, 60_000, 120_000, 300_000];

/**
 * Retries after a failure, with growing waits, while the page is visible. It takes what the server has by then. If Xero
 * said how long to wait, the countdown retries instead.
 */
export function useHealing(failure: Failure | null, refresh: () => void) {
  const [tries, setTries] = useState(0);
  const isWaitedFor = failure !== null && failure.retryAfterSeconds === undefined && errorRetries[failure.code];
  // biome-ignore lint/correctness/useExhaustiveDependencies: each failure starts the next wait, not each render
  useEffect(() => {
    if (!isWaitedFor) return setTries(0);
    const timer = setInterval(
      () => {
        if (document.hidden) return;
        setTries(tries + 1);
        refresh();
      },
      waitsMs[Math.min(tries, waitsMs.length - 1)],
    );
    return () => clearInterval(timer);
  }, [isWaitedFor, failure?.requestId, tries]);
}
