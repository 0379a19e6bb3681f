import { useEffect, useState } from 'react';
import { errorCatalogue } from '#shared/error-catalogue.ts';
import type { Failure } from './failure.ts';

/** How long after each failure the next look comes, in milliseconds; the last one goes on. */
const waitsMs = [30_000, 60_000, 120_000, 300_000];

/**
 * An outage ends without anybody's doing: while the page is shown, what is known by now is asked for, ever more slowly.
 * Where Xero said how long to wait, the countdown does it.
 */
export function useHealing(failure: Failure | null, look: () => void) {
  const [tries, setTries] = useState(0);
  const isWaitedFor =
    failure !== null && failure.retryAfterSeconds === undefined && errorCatalogue[failure.code].retryable;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each failure starts the next wait, not each render
  useEffect(() => {
    if (!isWaitedFor) return setTries(0);
    const timer = setInterval(
      () => {
        if (document.hidden) return;
        setTries(tries + 1);
        look();
      },
      waitsMs[Math.min(tries, waitsMs.length - 1)],
    );
    return () => clearInterval(timer);
  }, [isWaitedFor, failure?.requestId, tries]);
}
