import type { Cache } from '#server/cache/cache.ts';
import type { Clock } from '#server/clock.ts';
import type { Priority } from './governor-policy.ts';
import { toXeroLimits } from './governor-policy.ts';
import { buildGovernorQueue } from './governor-queue.ts';
import { buildGovernorState } from './governor-state.ts';
import type { Wait, XeroLog } from './xero-config.ts';

export type Place = { organisationId: string; priority: Priority; signal?: AbortSignal };

/** Who may call Xero now, over all processes; people who wait come before work in the background. */
export type XeroGovernor = {
  /** Waits for a place, calls, gives the place back. Rejects with xero_rate_limited or xero_day_limit. */
  run<T>(place: Place, call: () => Promise<T>): Promise<T>;
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
  clock: Pick<Clock, 'now'>;
  log: XeroLog;
  wait: Wait;
  dailyCalls: number;
  /** Hears of everyone who waited, also of those who were told to come back. */
  onWait?: (waited: Waited) => void;
};

export function buildGovernor({ cache, clock, log, wait, dailyCalls, onWait }: GovernorDeps): XeroGovernor {
  const state = buildGovernorState(cache.governor, log);
  const queue = buildGovernorQueue({ state, clock, wait, dailyCalls });
  const nowMs = () => clock.now().getTime();

  async function usage(organisationId: string) {
    const { callsToday, pausedUntilMs } = await state.usage(organisationId, nowMs());
    return {
      callsToday,
      dailyCalls,
      pausedUntil: pausedUntilMs === null ? null : new Date(pausedUntilMs).toISOString(),
    };
  }

  return {
    usage,
    pausedUntil: async (organisationId) => (await usage(organisationId)).pausedUntil,
    async run(place, call) {
      const askedMs = nowMs();
      const note = (isAdmitted: boolean) =>
        onWait?.({ priority: place.priority, waitMs: nowMs() - askedMs, isAdmitted });
      const slot = await queue.enter(place).catch((error: unknown) => {
        note(false);
        throw error;
      });
      note(true);
      try {
        return await call();
      } finally {
        await state.leave(place.organisationId, slot, nowMs());
        queue.wake(place.organisationId);
      }
    },
    async pause(organisationId, seconds, reason) {
      log.warn({ organisationId, seconds, reason }, 'Xero asked to wait');
      await state.pause(organisationId, nowMs() + seconds * 1000, reason);
    },
    async correct(organisationId, headers) {
      const remaining = {
        day: readCount(headers['x-daylimit-remaining']),
        minute: readCount(headers['x-minlimit-remaining']),
      };
      if (remaining.day === undefined && remaining.minute === undefined) return;
      await state.correct(organisationId, nowMs(), remaining, toXeroLimits(dailyCalls));
    },
  };
}

function readCount(text: string | undefined): number | undefined {
  return text !== undefined && /^\d+$/.test(text) ? Number(text) : undefined;
}
