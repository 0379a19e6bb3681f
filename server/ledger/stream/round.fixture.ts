import { buildMemoryCache } from '#server/cache/memory/cache.ts';
import type { DocumentHeader } from '#server/xero/documents/document-header.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import { type RoundDeps, runRound } from './change-round.ts';
import { buildCover } from './coverage.ts';
import { buildCoveredContacts } from './covered-contacts.ts';
import type { SideRoundDeps } from './side-round.ts';
import { buildStreamStates, type StreamState } from './stream-state.ts';

export const seconds = 1000;
export const minutes = 60 * seconds;
export const hours = 60 * minutes;
/** Our clock; Xero's is a second behind. */
export const noonMs = Date.UTC(2026, 10, 22, 12);
export function instant(ms: number) {
  return new Date(ms).toISOString();
}
export const organisationId = 'organisation';
export const caller: XeroCaller = { workspaceId: 'acme', organisationId, priority: 'stream' };
export function row(kind: DocumentHeader['kind'], contactId = 'a') {
  return { kind, contactId } as DocumentHeader;
}

type Track = 'invoices' | 'quotes' | 'contacts';

/** For tests: runs rounds of a change stream whose epoch began at noon. The test sets Xero's answers. */
export type RoundWorld = {
  nowMs: number;
  usage: { callsToday: number; dailyCalls: number };
  /** The requests to Xero: which list, and changed since when. */
  asked: [string, string][];
  told: unknown[];
  applied: DocumentHeader[][];
  /** An error makes the request reject. */
  answers: Record<Track, object | Error>;
  /** The state at noon. */
  known: StreamState;
  deps: SideRoundDeps;
  readState(): Promise<StreamState>;
  change(update: (state: StreamState) => StreamState): Promise<unknown>;
  run(): ReturnType<typeof runRound>;
};

export async function buildRoundWorld(): Promise<RoundWorld> {
  const whole = { rows: [], unreadable: [], isWhole: true, asOf: instant(noonMs + 1 * minutes - 1 * seconds) };
  const cache = buildMemoryCache(() => undefined);
  const clock = { now: () => new Date(world.nowMs), steadyMs: () => world.nowMs };
  const parts = { states: buildStreamStates(cache, clock), covered: buildCoveredContacts(cache), clock };
  const world: Omit<RoundWorld, 'known' | 'deps'> = {
    ...{ nowMs: noonMs, usage: { callsToday: 0, dailyCalls: 100_000 } },
    ...{ asked: [], told: [], applied: [], answers: { invoices: whole, quotes: whole, contacts: whole } },
    readState: async () => {
      const state = await parts.states.read(organisationId);
      if (!state) throw new Error('no epoch');
      return state;
    },
    change: (update) => parts.states.change(organisationId, (state) => state && update(state)),
    run: async () => runRound(round.deps, caller, await world.readState()),
  };
  await buildCover({ ...parts, nudge: async () => undefined })(organisationId, ['a'], {
    asOf: instant(noonMs - 1 * seconds),
    beganMs: noonMs,
  });
  const round = Object.assign(world, { known: await world.readState(), deps: { ...parts, ...buildOthers(world) } });
  return round;
}

function buildOthers(world: Omit<RoundWorld, 'known' | 'deps'>): Omit<SideRoundDeps, 'states' | 'covered' | 'clock'> {
  const ask = (name: Track) => async (_caller: XeroCaller, since: string) => {
    world.asked.push([name, since]);
    const answer = world.answers[name];
    if (answer instanceof Error) throw answer;
    return answer as never;
  };
  return {
    xero: {
      listInvoicesChangedSince: ask('invoices'),
      listQuotesChangedSince: ask('quotes'),
      listContactsChangedSince: ask('contacts'),
      listContactsById: async () => [],
      governor: { usage: async () => world.usage },
    } as unknown as RoundDeps['xero'],
    applyRows: async (_organisationId, { rows }) => {
      world.applied.push([...rows]);
      return rows.map(({ contactId, kind }) => ({ contactId, isOfBills: kind === 'bill' }));
    },
    news: { announce: async (_topic, news) => void world.told.push(news) },
    log: { info: () => undefined, warn: () => undefined } as unknown as RoundDeps['log'],
    applyContacts: async () => [],
    refreshCredits: async () => undefined,
  };
}
