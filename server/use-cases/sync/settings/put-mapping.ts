import type { Deps } from '#server/deps.ts';
import type { ConnectionRow } from '#server/store/store.ts';
import { AppError } from '#shared/app-error.ts';
import type { Mapping, MappingChange } from '#shared/contract/sync/mapping.ts';
import { auditSettings } from './audit-settings.ts';
import { findMappingFaults } from './find-mapping-faults.ts';
import { findSyncPlace, type SettingsCaller } from './find-sync-place.ts';
import { getMapping } from './get-mapping.ts';
import { foldKey, mergeMapping } from './merge-mapping.ts';
import { readSyncLists, toChoices } from './read-choices.ts';
import { readMapping } from './read-mapping.ts';

type MappingDeps = Pick<Deps, 'store' | 'clock' | 'jobs' | 'cache' | 'singleFlight' | 'xero'>;

/**
 * Changes what stands for the CRM's words, and wakes the records that waited for one of them. Rejects with
 * preflight_failed for a choice that Xero does not offer, and with not_connected where Xero cannot be asked.
 */
export async function putMapping(deps: MappingDeps, caller: SettingsCaller, change: MappingChange): Promise<Mapping> {
  const { workspaceId } = caller;
  const { connection } = await findSyncPlace(deps.store, workspaceId);
  await requireChoices(deps, connection, change);
  const where = await deps.store.together(async (store) => {
    await store.records.hold(workspaceId);
    const place = await findSyncPlace(store, workspaceId);
    const { organisationId } = place.where;
    // The choices were checked against another organisation's lists.
    if (organisationId !== connection?.organisationId) throw new AppError('not_connected');
    const before = await readMapping(store, place.where);
    const after = mergeMapping(before, change);
    await store.syncMapping.put(place.where, JSON.stringify(after));
    await auditSettings({ ...deps, store }, caller, { organisationId, before, after });
    return place.where;
  });
  await deps.store.records.wake(where, listHolds(change), deps.clock.now().toISOString());
  deps.jobs.wake(where);
  return getMapping(deps, workspaceId);
}

/**
 * Checks against the lists that the admin chose from. Xero is asked only when a choice is not in them, as it may be new:
 * the calls of a minute are few, and the records that wait need them.
 */
async function requireChoices(
  deps: MappingDeps,
  connection: ConnectionRow | undefined,
  change: MappingChange,
): Promise<void> {
  const findFaults = async (isFresh: boolean) => {
    const lists = await readSyncLists(deps, connection, { isFresh });
    if (!lists) throw new AppError(connection?.status === 'reconnect_needed' ? 'reconnect_needed' : 'not_connected');
    return findMappingFaults(change, toChoices(lists));
  };
  if ((await findFaults(false)).length === 0) return;
  const errors = await findFaults(true);
  if (errors.length > 0) throw new AppError('preflight_failed', { errors });
}

/** What records may be held by that the change settles. */
function listHolds({
  categories = [],
  paymentMethods = [],
  taxRates = [],
  tracking = {},
  defaults = {},
}: MappingChange) {
  const toHolds = (mapping: string, keys: readonly string[]) => keys.map((key) => `${mapping}:${foldKey(key)}`);
  return [
    ...toHolds(
      'categories',
      categories.map(({ key }) => key),
    ),
    ...toHolds(
      'paymentMethods',
      paymentMethods.map(({ key }) => key),
    ),
    ...toHolds(
      'taxRates',
      taxRates.map(({ key }) => key),
    ),
    ...toHolds('tracking', Object.keys(tracking)),
    ...toHolds('defaults', Object.keys(defaults)),
  ];
}
