import { z } from 'zod';
import type { Clock } from '#server/clock.ts';
import { isAhead } from '#server/clock-tolerance.ts';
import { type ChangingCache, changeValue } from '#server/ledger/entries/change-value.ts';
import { errorCodes } from '#shared/error-catalogue.ts';

/**
 * `cursor` and `asOf` are by Xero's clock: where the next request starts, and when the last one was made. `dueAt` is by
 * ours.
 */
const trackSchema = z.object({ cursor: z.string(), asOf: z.string(), dueAt: z.string() });
/** `freshUntil` is by our clock: until then the last answer counts as current. */
const moneyTrackSchema = trackSchema.extend({ freshUntil: z.string() });

const stateSchema = z.object({
  epoch: z.string(),
  invoices: moneyTrackSchema,
  quotes: moneyTrackSchema,
  contacts: trackSchema,
  /** A webhook arrived and no request has followed yet; by our clock. */
  dirtyAt: z.string().nullable(),
  /** When invoices were last asked for; by our clock. */
  roundAt: z.string(),
  /** How many webhook rounds are left as of `at`; one is added every `everyMs`. */
  wakes: z.object({ left: z.number(), at: z.string(), everyMs: z.number() }),
  failure: z
    .object({
      code: z.enum(errorCodes),
      retryAfterSeconds: z.number().optional(),
      count: z.number(),
      /** No request is made between `notedAt` and `until`; by our clock. */
      notedAt: z.string(),
      until: z.string(),
    })
    .nullable(),
});

/**
 * The state of an organisation's change stream. An epoch is a period in which no change can have been missed. Losing
 * this state ends the epoch, and everything loaded in it becomes stale.
 */
export type StreamState = z.infer<typeof stateSchema>;

export type StreamStates = {
  /** Returns undefined when nothing is kept fresh or the cache is unavailable. */
  read(organisationId: string): Promise<StreamState | undefined>;
  /** See `changeValue`. */
  change(
    organisationId: string,
    update: (known: StreamState | undefined) => StreamState | undefined,
  ): Promise<StreamState | undefined>;
  /** Ends the epoch: everything loaded in it is stale from now on. */
  end(organisationId: string, epoch: string): Promise<void>;
};

export function buildStreamStates(cache: ChangingCache, clock: Pick<Clock, 'now'>): StreamStates {
  const parse = (text: string | undefined) => {
    const state = parseState(text);
    return state && followClock(state, clock.now().getTime());
  };
  return {
    read: async (organisationId) => parse(await cache.get(toStateKey(organisationId)).catch(() => undefined)),
    change: (organisationId, update) => changeValue(cache, { key: toStateKey(organisationId), parse }, update),
    async end(organisationId, epoch) {
      const end = (state: StreamState | undefined) => (state?.epoch === epoch ? { ...state, epoch: over } : state);
      await changeValue(cache, { key: toStateKey(organisationId), parse }, end);
    },
  };
}

/**
 * Adjusts the state after our clock was set back: everything is due now rather than an hour late, and nothing counts as
 * fresh until it is asked for again. Times by Xero's clock stay.
 */
export function followClock(state: StreamState, nowMs: number): StreamState {
  const { roundAt, dirtyAt, failure, invoices, quotes, contacts, wakes } = state;
  if (![roundAt, failure?.notedAt ?? roundAt].some((instant) => isAhead(instant, nowMs))) return state;
  const now = new Date(nowMs).toISOString();
  const dueNow = { dueAt: now, freshUntil: longAgo };
  return {
    ...state,
    invoices: { ...invoices, ...dueNow },
    quotes: { ...quotes, ...dueNow },
    contacts: { ...contacts, dueAt: now },
    roundAt: now,
    dirtyAt: dirtyAt && now,
    wakes: { ...wakes, at: now },
    failure: failure && { ...failure, notedAt: now, until: now },
  };
}

const longAgo = new Date(0).toISOString();

export function toStateKey(organisationId: string): string {
  return `stream:${organisationId}:state`;
}

/** Stored instead of an epoch's state when the epoch is over. */
const over = '';

/**
 * Returns undefined for an epoch that is over, and for a state in another shape, which an older release may have left.
 */
export function parseState(text: string | undefined): StreamState | undefined {
  const state = text === undefined ? undefined : stateSchema.safeParse(JSON.parse(text)).data;
  return state?.epoch === over ? undefined : state;
}
