import type { Admission, GovernorRemaining, GovernorState } from '#server/cache/cache.ts';
import { slotWaitMs, windowMs } from '#server/cache/governor-rules.ts';
import { buildMemoryGovernor } from '#server/cache/memory/governor.ts';
import { type Priority, toFallbackLimits, toFifth, toLimits, toXeroLimits } from './governor-policy.ts';
import { buildHeldSlots, type HeldSlots } from './held-slots.ts';
import type { XeroLog } from './xero-config.ts';

/** `GovernorState` with the limits of each kind of caller. */
export type CallCounts = Pick<GovernorState, 'leave' | 'pause' | 'usage'> & {
  tryEnter(organisationId: string, nowMs: number, priority: Priority): Promise<Admission>;
  correct(organisationId: string, nowMs: number, remaining: GovernorRemaining): Promise<void>;
};

type Deps = { shared: GovernorState; log: XeroLog; dailyCalls: number };
type Parts = Deps & {
  own: GovernorState;
  slots: HeldSlots;
  /** By organisation, what Xero's headers said last while the shared counts were unavailable. */
  untold: Map<string, { atMs: number; remaining: GovernorRemaining }>;
};

/**
 * Uses the shared counts. While they are unavailable, uses this process's own counts with a fifth of the limits: fewer
 * calls, but some. Pauses are stored in both, so that losing the shared counts does not end a pause. When the shared
 * counts return, they receive what Xero's headers said last, so that calls made meanwhile are counted.
 */
export function buildCallCounts(deps: Deps): CallCounts {
  const { shared, log, dailyCalls } = deps;
  const parts: Parts = { ...deps, own: buildMemoryGovernor(), slots: buildHeldSlots(), untold: new Map() };
  const { own, slots, untold } = parts;
  const either = buildEither(log);
  const nothing = async () => undefined;
  return {
    tryEnter: (organisationId, nowMs, priority) =>
      either(
        () => enterShared(parts, organisationId, nowMs, priority),
        () => enterOwn(parts, organisationId, nowMs, priority),
      ),
    // A slot that cannot be released expires.
    async leave(organisationId, slot, nowMs) {
      if (slots.forget(slot) === 'own') return own.leave(organisationId, slot, nowMs);
      await either(() => shared.leave(organisationId, slot, nowMs), nothing);
    },
    async pause(organisationId, nowMs, wait) {
      await own.pause(organisationId, nowMs, wait);
      await either(() => shared.pause(organisationId, nowMs, wait), nothing);
    },
    // This process's own share is a fifth of what is left. It is updated even while the shared counts are available, so
    // that a process that loses them knows how much was just used.
    async correct(organisationId, nowMs, remaining) {
      await own.correct(organisationId, nowMs, toFifth(remaining), toFallbackLimits(dailyCalls, 'person'));
      const keep = async () => void untold.set(organisationId, { atMs: nowMs, remaining });
      await either(() => shared.correct(organisationId, nowMs, remaining, toXeroLimits(dailyCalls)), keep);
    },
    usage: (organisationId, nowMs) =>
      either(
        () => shared.usage(organisationId, nowMs),
        () => own.usage(organisationId, nowMs),
      ),
  };
}

/** Calls the first, or the second while the first is unavailable. Logs once when that begins and once when it ends. */
function buildEither(log: XeroLog) {
  let isAway = false;

  function note(away: boolean, error?: unknown): void {
    if (away !== isAway && away)
      log.warn({ err: error }, 'The shared call counts are unavailable; using a fifth of the limits');
    if (away !== isAway && !away) log.info('The shared call counts are available again');
    isAway = away;
  }

  return async <T>(ask: () => Promise<T>, fallback: () => Promise<T>): Promise<T> => {
    try {
      const answer = await ask();
      note(false);
      return answer;
    } catch (error) {
      note(true, error);
      return fallback();
    }
  };
}

async function enterShared(
  parts: Parts,
  organisationId: string,
  nowMs: number,
  priority: Priority,
): Promise<Admission> {
  const { shared, slots, dailyCalls } = parts;
  await tellShared(parts, organisationId, nowMs);
  const limits = toLimits(dailyCalls, priority);
  const inFlight = limits.inFlight - slots.count('own', organisationId);
  const admission = await shared.tryEnter(organisationId, nowMs, { ...limits, inFlight });
  return slots.note('shared', organisationId, admission);
}

/** Xero has also counted the calls made under this process's own counts. */
async function tellShared({ shared, untold, dailyCalls }: Parts, organisationId: string, nowMs: number): Promise<void> {
  const heard = untold.get(organisationId);
  if (!heard) return;
  const { minute, ...ofDay } = heard.remaining;
  const isMinuteOver = Math.abs(nowMs - heard.atMs) > windowMs;
  await shared.correct(organisationId, nowMs, isMinuteOver ? ofDay : heard.remaining, toXeroLimits(dailyCalls));
  untold.delete(organisationId);
}

/** Calls that entered by the shared counts are still in flight and count here too, because a fifth allows only one. */
async function enterOwn(
  { own, slots, dailyCalls }: Parts,
  organisationId: string,
  nowMs: number,
  priority: Priority,
): Promise<Admission> {
  const limits = toFallbackLimits(dailyCalls, priority);
  const inFlight = limits.inFlight - slots.count('shared', organisationId);
  if (inFlight <= 0) return { isAdmitted: false, reason: 'in_flight', waitMs: slotWaitMs };
  return slots.note('own', organisationId, await own.tryEnter(organisationId, nowMs, { ...limits, inFlight }));
}
