import type { Admission, GovernorRemaining, GovernorState } from '#server/cache/cache.ts';
import { slotWaitMs, windowMs } from '#server/cache/governor-rules.ts';
import { buildMemoryGovernor } from '#server/cache/memory/governor.ts';
import { type Priority, toFallbackLimits, toFifth, toLimits, toXeroLimits } from './governor-policy.ts';
import { buildHeldSlots, type HeldSlots } from './held-slots.ts';
import type { XeroLog } from './xero-config.ts';

/** `GovernorState`, with the limits that a kind of caller has. */
export type CallCounts = Pick<GovernorState, 'leave' | 'pause' | 'usage'> & {
  tryEnter(organisationId: string, nowMs: number, priority: Priority): Promise<Admission>;
  correct(organisationId: string, nowMs: number, remaining: GovernorRemaining): Promise<void>;
};

type Deps = { shared: GovernorState; log: XeroLog; dailyCalls: number };
type Parts = Deps & {
  own: GovernorState;
  slots: HeldSlots;
  /** What Xero said last while the shared counts were away, by organisation. */
  untold: Map<string, { atMs: number; remaining: GovernorRemaining }>;
};

/**
 * The shared counts, and while they cannot be reached those of this process with a fifth of the limits: calls become
 * fewer, not impossible. Pauses are told to both, so that losing the shared counts in the middle of one does not end
 * it; what Xero said it has left is told to the shared counts when they are back, so that calls made meanwhile are not
 * forgotten.
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
    // A slot that cannot be given back lapses by itself.
    async leave(organisationId, slot, nowMs) {
      if (slots.forget(slot) === 'own') return own.leave(organisationId, slot, nowMs);
      await either(() => shared.leave(organisationId, slot, nowMs), nothing);
    },
    async pause(organisationId, nowMs, wait) {
      await own.pause(organisationId, nowMs, wait);
      await either(() => shared.pause(organisationId, nowMs, wait), nothing);
    },
    // Of what Xero says is left a fifth is this process's own share. Noted while the shared counts are there too, so
    // that a process which loses them knows what was used just before.
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

/** The first, or the second while that is away. Said once when it begins and once when it is over. */
function buildEither(log: XeroLog) {
  let isAway = false;

  function note(away: boolean, error?: unknown): void {
    if (away !== isAway && away)
      log.warn({ err: error }, 'The shared call counts cannot be reached; a fifth of the limits is used');
    if (away !== isAway && !away) log.info('The shared call counts can be reached again');
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

/** Xero has counted what was called under the own counts too, and said so last. */
async function tellShared({ shared, untold, dailyCalls }: Parts, organisationId: string, nowMs: number): Promise<void> {
  const heard = untold.get(organisationId);
  if (!heard) return;
  const { minute, ...ofDay } = heard.remaining;
  const isMinuteOver = Math.abs(nowMs - heard.atMs) > windowMs;
  await shared.correct(organisationId, nowMs, isMinuteOver ? ofDay : heard.remaining, toXeroLimits(dailyCalls));
  untold.delete(organisationId);
}

/** A call that entered by the shared counts is in flight all the same, and one is all that a fifth allows. */
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
