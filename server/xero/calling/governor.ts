import type { Cache } from '#server/cache/cache.ts';
import type { Clock } from '#server/clock.ts';
import type { CallSlot, Priority } from './governor-policy.ts';
import { buildGovernorQueue } from './governor-queue.ts';
import { buildCallCounts } from './governor-state.ts';
import type { Wait, XeroLog } from './xero-config.ts';

/**
 * Who may call Xero now, over all processes. The change stream has a slot of its own; people who wait come before work
 * in the background.
 */
export type XeroGovernor = {
  /**
   * Waits for a slot, calls, gives the slot back. Rejects with calls_paced where we hold calls back ourselves, with
   * xero_rate_limited where Xero asked to wait, with xero_day_limit where the day's calls are used up.
   */
  run<T>(wanted: CallSlot, call: () => Promise<T>): Promise<T>;
  /** Xero asked to wait: nobody calls for this organisation until then. */
  pause(organisationId: string, seconds: number, reason: 'minute' | 'day'): Promise<void>;
  /** From Xero's headers of an answer. */
  correct(organisationId: string, headers: Readonly<Record<string, string>>): Promise<void>;
  /** Calls of this UTC day, what Xero grants a day, and until when it asked to wait (an instant). */
  usage(organisationId: string): Promise<{ callsToday: number; dailyCalls: number; pausedUntil: string | null }>;
  pausedUntil(organisationId: string): Promise<string | null>;
};

export type Waited = { priority: Priority; waitMs: number; isAdmitted: boolean };

export type GovernorDeps = {
  cache: Pick<Cache, 'governor'>;
  clock: Pick<Clock, 'now' | 'steadyMs'>;
  log: XeroLog;
  wait: Wait;
  dailyCalls: number;
  /** Hears of everyone who waited, also of those who were told to come back. */
  onWait?: (waited: Waited) => void;
};

export function buildGovernor({ cache, clock, log, wait, dailyCalls, onWait }: GovernorDeps): XeroGovernor {
  const counts = buildCallCounts({ shared: cache.governor, log, dailyCalls });
  const queue = buildGovernorQueue({ counts, clock, wait });
  const nowMs = () => clock.now().getTime();

  async function usage(organisationId: string) {
    const { callsToday, pausedUntilMs } = await counts.usage(organisationId, nowMs());
    return {
      callsToday,
      dailyCalls,
      pausedUntil: pausedUntilMs === null ? null : new Date(pausedUntilMs).toISOString(),
    };
  }

  return {
    usage,
    pausedUntil: async (organisationId) => (await usage(organisationId)).pausedUntil,
    async run(wanted, call) {
      const askedMs = clock.steadyMs();
      const note = (isAdmitted: boolean) =>
        onWait?.({ priority: wanted.priority, waitMs: clock.steadyMs() - askedMs, isAdmitted });
      const slot = await queue.enter(wanted).catch((error: unknown) => {
        note(false);
        throw error;
      });
      note(true);
      try {
        return await call();
      } finally {
        await counts.leave(wanted.organisationId, slot, nowMs());
        queue.wake(wanted.organisationId);
      }
    },
    async pause(organisationId, seconds, reason) {
      log.warn({ organisationId, seconds, reason }, 'Xero asked to wait');
      await counts.pause(organisationId, nowMs(), { forMs: seconds * 1000, reason });
    },
    async correct(organisationId, headers) {
      const remaining = {
        day: readCount(headers['x-daylimit-remaining']),
        minute: readCount(headers['x-minlimit-remaining']),
      };
      if (remaining.day === undefined && remaining.minute === undefined) return;
      await counts.correct(organisationId, nowMs(), remaining);
    },
  };
}

function readCount(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
