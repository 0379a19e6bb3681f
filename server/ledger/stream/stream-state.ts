import { z } from 'zod';
import type { Clock } from '#server/clock.ts';
import { isAhead } from '#server/clock-tolerance.ts';
import { type ChangingCache, changeValue } from '#server/ledger/entries/change-value.ts';
import { errorCodes } from '#shared/error-catalogue.ts';

/** `cursor` and `asOf` by Xero's clock: what changed since is asked for next, and when it was asked last. Ours: `dueAt`. */
const trackSchema = z.object({ cursor: z.string(), asOf: z.string(), dueAt: z.string() });
/** `freshUntil` (ours): until then nobody needs to doubt what the last answer said. */
const moneyTrackSchema = trackSchema.extend({ freshUntil: z.string() });

const stateSchema = z.object({
  epoch: z.string(),
  invoices: moneyTrackSchema,
  quotes: moneyTrackSchema,
  contacts: trackSchema,
  /** A webhook came and nothing was asked since; ours. */
  dirtyAt: z.string().nullable(),
  /** When invoices were asked for last; ours. */
  roundAt: z.string(),
  /** Rounds that webhooks may still ask for at once, as of `at`; one more every so often. */
  wakes: z.object({ left: z.number(), at: z.string(), everyMs: z.number() }),
  failure: z
    .object({
      code: z.enum(errorCodes),
      retryAfterSeconds: z.number().optional(),
      count: z.number(),
      /** Nothing is tried from one to the other; ours. */
      notedAt: z.string(),
      until: z.string(),
    })
    .nullable(),
});

/**
 * Where the change stream of an organisation stands. An epoch is a stretch in which no change can have been missed; it
 * ends with the loss of this state, and then what was loaded in it is old.
 */
export type StreamState = z.infer<typeof stateSchema>;

export type StreamStates = {
  /** Undefined: nothing is kept fresh, or the cache is away. */
  read(organisationId: string): Promise<StreamState | undefined>;
  /** See `changeValue`. */
  change(
    organisationId: string,
    update: (known: StreamState | undefined) => StreamState | undefined,
  ): Promise<StreamState | undefined>;
  /** What was loaded in this epoch is old from now on. */
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
 * After our clock was set back: all is due now instead of an hour late, and nothing is called fresh until it was asked
 * for. What is kept by Xero's clock stays.
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

/** In the place of an epoch's name. */
const over = '';

/** An epoch that is over is none; nor is a state of another shape, as an older release may have left. */
export function parseState(text: string | undefined): StreamState | undefined {
  const state = text === undefined ? undefined : stateSchema.safeParse(JSON.parse(text)).data;
  return state?.epoch === over ? undefined : state;
}
