import type { Cache } from '#server/cache/cache.ts';
import type { Clock } from '#server/clock.ts';
import type { CallSlot, Priority } from './governor-policy.ts';
import { buildGovernorQueue } from './governor-queue.ts';
import { buildCallCounts } from './governor-state.ts';
import type { Wait, XeroLog } from './xero-config.ts';

/**
 * Decides when a call to Xero may start, across all processes. The change stream has a slot of its own. Calls for
 * waiting people come before background work.
 */
export type XeroGovernor = {
  /**
   * Waits for a slot, calls, and releases the slot. Rejects with calls_paced when we hold calls back, xero_rate_limited
   * when Xero asked us to wait, and xero_day_limit when the daily limit is used up.
   */
  run<T>(wanted: CallSlot, call: () => Promise<T>): Promise<T>;
  /** Xero asked us to wait: no call for this organisation starts until then. */
  pause(organisationId: string, seconds: number, reason: 'minute' | 'day'): Promise<void>;
  /** Corrects the counts from the headers of Xero's answer. */
  correct(organisationId: string, headers: Readonly<Record<string, string>>): Promise<void>;
  /** Calls made in this UTC day, Xero's daily limit, and until when Xero asked us to wait (an instant). */
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
  /** Called for every call that waited, including those told to come back. */
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
      log.warn({ organisationId, seconds, reason }, 'Xero asked us to wait');
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
