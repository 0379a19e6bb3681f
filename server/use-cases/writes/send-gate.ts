import type { Clock } from '#server/clock.ts';
import type { SendGate } from '#server/xero/calling/send-gate.ts';
import { AppError } from '#shared/app-error.ts';
import { leaseMs } from './leases.ts';

/** Half of a lease. By then no other process has started, even if its clock is some seconds ahead of ours. */
const longestMs = leaseMs / 2;

/**
 * Lets a write be sent only while we hold its lease. `mark` records that it is being sent and renews the lease; false:
 * the lease was lost. After that, the bytes must leave within five seconds. A process that was suspended in between
 * does not send them: another one may have finished the write, and Xero may have forgotten its key.
 */
export function buildSendGate(clock: Pick<Clock, 'now' | 'steadyMs'>, mark: () => Promise<boolean>): SendGate {
  return async () => {
    const readElapsedMs = startStopwatch(clock);
    if (!(await mark())) throw new AppError('outcome_unknown', { retryAfterSeconds: 1 });
    return () => readElapsedMs() <= longestMs;
  };
}

/**
 * Uses whichever of two clocks moved more: the time of day can be set back, and the steady clock stops while a machine
 * sleeps.
 */
function startStopwatch({ now, steadyMs }: Pick<Clock, 'now' | 'steadyMs'>): () => number {
  const [startedMs, startedSteadyMs] = [now().getTime(), steadyMs()];
  return () => Math.max(Math.abs(now().getTime() - startedMs), steadyMs() - startedSteadyMs);
}
