import type { Deps } from '#server/deps.ts';
import { nextTurn } from '#server/next-turn.ts';
import type { Repositories } from '#server/store/store.ts';
import type { RecordRow, UndecidedRow } from '#server/store/tables/records/record-store.ts';
import type { SyncPlace } from '#server/sync-place.ts';
import { readRules } from '../settings/read-rules.ts';
import { noteUsedKeys } from '../settings/used-keys.ts';
import { decideRecord } from './decide-record.ts';
import { toOrganisationName } from './record-answer.ts';
import { parseRecordDetails } from './record-details.ts';
import { type StateChange, saveStates } from './save-states.ts';
import { parseVersion } from './store-versions.ts';

/** A page of this size takes about 20 ms on SQLite, during which no other request runs. */
const pageSize = 100;

/**
 * Gives every record of the workspace a state in an organisation that is about to be connected. Each page is a
 * transaction of its own, so that nobody waits for 100,000 records. What the CRM sends meanwhile is left over for
 * `changeOrganisation`.
 */
export async function decideAhead({ store, clock }: Pick<Deps, 'store' | 'clock'>, where: SyncPlace): Promise<void> {
  let after: UndecidedRow | undefined;
  do {
    after = await store.together(async (parts) => {
      await parts.records.hold(where.workspaceId);
      return decidePage({ store: parts, clock }, where, after);
    });
    await nextTurn();
  } while (after);
}

/**
 * Use within the transaction that connects the organisation, after `records.hold`. From then on its states are shown,
 * and those of another organisation wait until that one comes back.
 */
export async function changeOrganisation(
  deps: { store: Repositories; clock: Deps['clock'] },
  where: SyncPlace,
): Promise<void> {
  let after: UndecidedRow | undefined;
  do {
    after = await decidePage(deps, where, after);
  } while (after);
  // Before the first connection, records stood under no organisation.
  await deps.store.records.removeStates({ ...where, organisationId: '' });
}

/**
 * Decides every record of an organisation again, for example after its rules changed. Records that a person left out stay
 * so. Each page is a transaction of its own.
 */
export async function redecide(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  where: SyncPlace,
  { kinds }: { kinds?: readonly string[] } = {},
): Promise<void> {
  let after: RecordRow | undefined;
  do {
    after = await store.together(async (parts) => {
      await parts.records.hold(where.workspaceId);
      return redecidePage({ store: parts, clock }, where, { kinds, after });
    });
    await nextTurn();
  } while (after);
}

type Deciding = { store: Repositories; clock: Deps['clock'] };

/** In these states the rules say what becomes of a record. In the others, what is known of it in Xero does. */
const ruled = ['waiting', 'changed', 'problem', 'question', 'excluded'];

async function redecidePage(
  { store, clock }: Deciding,
  where: SyncPlace,
  { kinds, after }: { kinds: readonly string[] | undefined; after: RecordRow | undefined },
): Promise<RecordRow | undefined> {
  const rows = await store.records.list(where, { states: ruled, kinds }, { limit: pageSize, after });
  const data = await store.records.findManyData(where.workspaceId, rows);
  const rules = await readRules(store, where);
  const at = clock.now().toISOString();
  const changes = rows.flatMap((row): StateChange[] => {
    const stored = data.find(({ kind, crmId }) => kind === row.kind && crmId === row.key);
    if (!stored) return [];
    const decided = decideRecord(parseVersion(stored), { where, known: row, at, rules });
    // A record that waits keeps its reason and its place, and an open question stays open.
    const isKept =
      row.state === 'question' ? decided.state !== 'excluded' : row.state === decided.state && isSameRule(row, decided);
    return isKept ? [] : [{ before: row, after: decided }];
  });
  const organisation = toOrganisationName(await store.connections.find(where.workspaceId));
  await saveStates(store, changes, { organisation, at });
  return rows.length === pageSize ? rows.at(-1) : undefined;
}

/** Whether two states name the same rule or person that leaves the record out, or neither does. */
function isSameRule(...rows: readonly [RecordRow, RecordRow]): boolean {
  const [one, other] = rows.map(({ details }) => parseRecordDetails(details).excluded);
  return one?.by === other?.by && one?.rule === other?.rule;
}

/** Returns the last record of a full page. */
async function decidePage(
  { store, clock }: Deciding,
  where: SyncPlace,
  after: UndecidedRow | undefined,
): Promise<UndecidedRow | undefined> {
  const { records } = store;
  const undecided = await records.listUndecided(where, { limit: pageSize, after });
  const rules = await readRules(store, where);
  const at = clock.now().toISOString();
  const rows = [];
  for (const stored of undecided) {
    const place = { ...where, kind: stored.kind, key: stored.crmId };
    const known = stored.isKnown ? await records.find(place) : undefined;
    rows.push(decideRecord(parseVersion(stored), { where, known, at, rules }));
  }
  await records.save(...rows);
  await noteUsedKeys(store, where, undecided.map(parseVersion));
  return undecided.length === pageSize ? undecided.at(-1) : undefined;
}
