import type { Deps } from '#server/deps.ts';
import { nextTurn } from '#server/next-turn.ts';
import type { Repositories } from '#server/store/store.ts';
import type { RecordWorkspace, UndecidedRow } from '#server/store/tables/records/record-store.ts';
import { noteUsedKeys } from '../settings/used-keys.ts';
import { decideRecord } from './decide-record.ts';
import { parseVersion } from './take-record.ts';

/** A page of this size takes about 20 ms on SQLite, during which no other request runs. */
const pageSize = 100;

/**
 * Gives every record of the workspace a state in an organisation that is about to be connected. Each page is a
 * transaction of its own, so that nobody waits for 100,000 records. What the CRM sends meanwhile is left over for
 * `changeOrganisation`.
 */
export async function decideAhead(
  { store, clock }: Pick<Deps, 'store' | 'clock'>,
  where: RecordWorkspace,
): Promise<void> {
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
  where: RecordWorkspace,
): Promise<void> {
  let after: UndecidedRow | undefined;
  do {
    after = await decidePage(deps, where, after);
  } while (after);
  // Before the first connection, records stood under no organisation.
  await deps.store.records.removeStates({ ...where, organisationId: '' });
}

/** Returns the last record of a full page. */
async function decidePage(
  { store, clock }: { store: Repositories; clock: Deps['clock'] },
  where: RecordWorkspace,
  after: UndecidedRow | undefined,
): Promise<UndecidedRow | undefined> {
  const { records } = store;
  const undecided = await records.listUndecided(where, { limit: pageSize, after });
  const at = clock.now().toISOString();
  const rows = [];
  for (const stored of undecided) {
    const place = { ...where, kind: stored.kind, key: stored.crmId };
    const known = stored.isKnown ? await records.find(place) : undefined;
    rows.push(decideRecord(parseVersion(stored), { where, known, at }));
  }
  await records.save(...rows);
  await noteUsedKeys(store, where, undecided.map(parseVersion));
  return undecided.length === pageSize ? undecided.at(-1) : undefined;
}
