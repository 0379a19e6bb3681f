import type { Deps } from '#server/deps.ts';
import type { CauseCount, DayCount, StateCount } from '#server/store/tables/records/record-store.ts';
import type { ReaderRow } from '#server/store/tables/sync/reader-store.ts';
import type { SyncOverview } from '#shared/contract/sync/overview.ts';
import { billResource } from '../bringing/read-bills.ts';
import { findSyncPlace } from './find-sync-place.ts';
import { listInbox } from './list-inbox.ts';
import { readRules } from './read-rules.ts';

const shownDays = 14;
const dayMs = 24 * 3600 * 1000;

type KindLine = SyncOverview['kinds'][number];

/** Everything but the connection, which the caller describes. */
export async function getOverview(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  workspaceId: string,
): Promise<Omit<SyncOverview, 'connection'>> {
  const { where } = await findSyncPlace(store, workspaceId);
  const days = listDays(clock.now());
  const [rules, states, causes, counts, ends, keys, readers] = await Promise.all([
    readRules(store, where),
    store.records.countStates(where),
    store.records.countCauses(where),
    store.records.countDays(where, days[0] ?? ''),
    store.runs.listLastEnds(where),
    store.syncMapping.listKeys(where),
    store.readers.list(where),
  ]);
  const kinds = rules.kinds.map(async (rule): Promise<KindLine> => {
    const ofKind = <Row extends { kind: string }>(rows: readonly Row[]) =>
      rows.filter(({ kind }) => kind === rule.kind);
    return {
      ...rule,
      counts: toCounts(ofKind(states)),
      lastRunAt: ofKind(ends)[0]?.endedAt ?? null,
      nextRunAt: rule.out ? await store.records.nextDue(where, rule.kind) : findNextReading(rule.kind, readers),
      days: days.map((day) => toDay(day, ofKind(counts))),
    };
  });
  return {
    ...{ enabled: rules.enabled, kinds: await Promise.all(kinds), inbox: listInbox(causes, keys) },
    readers: readers.map((reader) => toReader(reader, causes)),
  };
}

/** Only bills are read. */
function findNextReading(kind: string, readers: readonly ReaderRow[]): string | null {
  return kind === 'bills' ? (readers.find(({ resource }) => resource === billResource)?.nextAt ?? null) : null;
}

function toReader(
  { resource, readAt, cursorAt, setAside }: ReaderRow,
  causes: readonly CauseCount[],
): SyncOverview['readers'][number] {
  const named = causes.filter(({ kind, code }) => kind === 'bills' && code === 'unreadable');
  return { resource, at: readAt, cursorAt, setAside: named.reduce((sum, { count }) => sum + count, setAside) };
}

/** In UTC, the oldest first. */
function listDays(now: Date): string[] {
  return Array.from({ length: shownDays }, (_, index) =>
    new Date(now.getTime() - (shownDays - 1 - index) * dayMs).toISOString().slice(0, 10),
  );
}

function toCounts(rows: readonly StateCount[]): KindLine['counts'] {
  const none = { waiting: 0, synced: 0, changed: 0, problem: 0, question: 0, excluded: 0, unsupported: 0 };
  return { ...none, ...Object.fromEntries(rows.map(({ state, count }) => [state, count])) };
}

function toDay(day: string, rows: readonly DayCount[]): KindLine['days'][number] {
  const countOf = (...states: readonly string[]) =>
    rows.filter((row) => row.day === day && states.includes(row.state)).reduce((sum, { count }) => sum + count, 0);
  return { day, sent: countOf('synced'), brought: countOf('new'), problems: countOf('problem', 'question') };
}
