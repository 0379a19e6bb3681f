import type { Clock } from '#server/clock.ts';
import type { SendGate } from '#server/xero/calling/send-gate.ts';
import { AppError } from '#shared/app-error.ts';
import { leaseMs } from './under-lease.ts';

/** Half of a lease: nobody else has begun by then, also where its clock is some seconds ahead of ours. */
const longestMs = leaseMs / 2;

/**
 * Lets a write leave only while it is ours. `mark` stores that it is sent now and renews the lease; false: the lease
 * was lost. From then on there are five seconds until the bytes leave. A process that was stopped in between keeps them
 * back: by the time it goes on, another one may have finished the write, and Xero may have forgotten its key.
 */
export function buildSendGate(clock: Pick<Clock, 'now' | 'steadyMs'>, mark: () => Promise<boolean>): SendGate {
  return async () => {
    const readElapsedMs = startStopwatch(clock);
    if (!(await mark())) throw new AppError('outcome_unknown', { retryAfterSeconds: 1 });
    return () => readElapsedMs() <= longestMs;
  };
}

/**
 * By two times, whichever moved more: the time of day can be set back, and the steady time stands still while a machine
 * sleeps.
 */
function startStopwatch({ now, steadyMs }: Pick<Clock, 'now' | 'steadyMs'>): () => number {
  const [startedMs, startedSteadyMs] = [now().getTime(), steadyMs()];
  return () => Math.max(Math.abs(now().getTime() - startedMs), steadyMs() - startedSteadyMs);
}
