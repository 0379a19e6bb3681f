import type { GovernorLimits, GovernorState } from '#server/cache/cache.ts';
import { buildMemoryGovernor } from '#server/cache/memory-governor.ts';
import { toFallbackLimits, toFifth } from './governor-policy.ts';
import type { XeroLog } from './xero-config.ts';

/**
 * The shared counts, and while they cannot be reached those of this process with a fifth of the limits: calls become
 * fewer, not impossible. Said once when it begins and once when it is over. Pauses are told to both, so that losing
 * the shared counts in the middle of one does not end it.
 */
export function buildGovernorState(shared: GovernorState, log: XeroLog): GovernorState {
  const own = buildMemoryGovernor();
  let isAway = false;

  function note(away: boolean, error?: unknown): void {
    if (away !== isAway && away)
      log.warn({ err: error }, 'The shared call counts cannot be reached; a fifth of the limits is used');
    if (away !== isAway && !away) log.info('The shared call counts can be reached again');
    isAway = away;
  }

  async function either<T>(ask: (state: GovernorState) => Promise<T>, fallback = ask): Promise<T> {
    try {
      const answer = await ask(shared);
      note(false);
      return answer;
    } catch (error) {
      note(true, error);
      return fallback(own);
    }
  }

  return {
    tryEnter: (organisationId, nowMs, limits: GovernorLimits) =>
      either(
        (state) => state.tryEnter(organisationId, nowMs, limits),
        (state) => state.tryEnter(organisationId, nowMs, toFallbackLimits(limits)),
      ),
    // A slot that cannot be given back lapses by itself; a slot of the other counts is unknown there and does no harm.
    async leave(organisationId, slot, nowMs) {
      await own.leave(organisationId, slot, nowMs);
      await either((state) => state.leave(organisationId, slot, nowMs));
    },
    async pause(organisationId, untilMs, reason) {
      await own.pause(organisationId, untilMs, reason);
      await either((state) => state.pause(organisationId, untilMs, reason));
    },
    // Of what Xero says is left a fifth is this process's own share. Noted while the shared counts are there too, so
    // that a process which loses them knows what was used just before.
    async correct(organisationId, nowMs, remaining, limits) {
      await own.correct(organisationId, nowMs, toFifth(remaining), toFallbackLimits(limits));
      await either(
        (state) => state.correct(organisationId, nowMs, remaining, limits),
        async () => undefined,
      );
    },
    usage: (organisationId, nowMs) => either((state) => state.usage(organisationId, nowMs)),
  };
}
