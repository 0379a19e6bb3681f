import type { Clock } from '#server/clock.ts';
import type { Repositories } from '#server/store/store.ts';
import type { NewChange } from '#server/store/tables/sync/change-store.ts';
import type { SyncPlace } from '#server/sync-place.ts';
import type { Change } from '#shared/contract/sync/changes.ts';

type Named = { id: string; name: string };
type ResetData = Extract<Change, { type: 'reset' }>['data'];

/** Whether records have a state in the organisation, as after an earlier connection. */
export async function hasRecords({ records }: Pick<Repositories, 'records'>, where: SyncPlace): Promise<boolean> {
  return (await records.list(where, {}, { limit: 1 })).length > 0;
}

/**
 * Tells the CRM that another organisation is connected: the records of the one before are parked until it is connected
 * again. `isBack`: this one had been connected earlier, so its records are back. Use after `records.hold`.
 */
export async function tellOrganisations(
  { store, clock }: { store: Repositories; clock: Pick<Clock, 'now'> },
  workspaceId: string,
  { before, after, isBack }: { before: Named | null; after: Named; isBack: boolean },
): Promise<void> {
  if (before === null || before.id === after.id) return;
  const at = clock.now().toISOString();
  const isParked = await hasRecords(store, { workspaceId, organisationId: before.id });
  const told = [
    ...(isParked ? [{ organisation: before, what: 'parked' as const }] : []),
    ...(isBack ? [{ organisation: after, what: 'back' as const }] : []),
  ];
  if (told.length > 0)
    await store.changes.append(
      workspaceId,
      told.map((data) => toChange(data, at)),
    );
}

/** Tells the CRM that an organisation was reset. Use after `records.hold`. */
export async function tellReset(
  { store, clock }: { store: Repositories; clock: Pick<Clock, 'now'> },
  workspaceId: string,
  organisation: Named,
): Promise<void> {
  await store.changes.append(workspaceId, [toChange({ organisation, what: 'reset' }, clock.now().toISOString())]);
}

function toChange(data: ResetData, at: string): NewChange {
  const aboutNone = { kind: null, crmId: null, xeroId: null, state: null };
  return { ...aboutNone, organisationId: data.organisation.id, type: 'reset', at, data: JSON.stringify(data) };
}
