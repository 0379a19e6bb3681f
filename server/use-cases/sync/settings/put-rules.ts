import type { Deps } from '#server/deps.ts';
import { findOrganisation, todayOf } from '#server/use-cases/acting/organisation.ts';
import { AppError } from '#shared/app-error.ts';
import type { RecordKind } from '#shared/contract/sync/kinds.ts';
import type { Rules, RulesChange } from '#shared/contract/sync/rules.ts';
import { redecideBills } from '../bringing/redecide-bills.ts';
import { redecide } from '../records/decide-all.ts';
import { auditSettings } from './audit-settings.ts';
import { findSyncPlace, type SettingsCaller } from './find-sync-place.ts';
import { mergeRules } from './merge-rules.ts';
import { readRules } from './read-rules.ts';

type RuleDeps = Pick<Deps, 'store' | 'clock' | 'jobs' | 'config'>;

export async function getRules({ store }: Pick<Deps, 'store'>, workspaceId: string): Promise<Rules> {
  const { where } = await findSyncPlace(store, workspaceId);
  return readRules(store, where);
}

/**
 * Changes the rules of the organisation that is connected. Rejects with invalid_request for a direction that a kind does
 * not have, and with not_connected before the first connection, as each organisation has its own rules. Records that a
 * rule left out or that wait for one are decided again before it answers.
 */
export async function putRules(deps: RuleDeps, caller: SettingsCaller, change: RulesChange): Promise<Rules> {
  const { where, rules } = await deps.store.together(async (store) => {
    await store.records.hold(caller.workspaceId);
    const { where, connection } = await findSyncPlace(store, caller.workspaceId);
    if (where.organisationId === '') throw new AppError('not_connected');
    const before = await readRules(store, where);
    const organisation = findOrganisation(connection);
    const today = organisation ? todayOf(organisation, deps) : deps.clock.now().toISOString().slice(0, 10);
    const rules = mergeRules(before, change, today);
    await store.syncRules.put(where, JSON.stringify(rules));
    const { organisationId } = where;
    await auditSettings({ ...deps, store }, caller, { organisationId, before, after: rules });
    return { where, rules };
  });
  const kinds = listRuledKinds(change);
  if (kinds === 'all') await redecide(deps, where);
  else if (kinds.length > 0) await redecide(deps, where, { kinds });
  if (kinds === 'all' || kinds.includes('bills')) await redecideBills(deps, where, rules);
  // A total that differs a little goes once rounding lines are allowed.
  if (change.roundingLine === true) await deps.store.records.wake(where, ['rules'], deps.clock.now().toISOString());
  deps.jobs.wake(where);
  return rules;
}

/**
 * Whose records the change may concern: also where it says what was so before, so that sending it again after a failure
 * does the rest.
 */
function listRuledKinds({ enabled, since, kinds = [] }: RulesChange): 'all' | RecordKind[] {
  return enabled !== undefined || since != null ? 'all' : kinds.map(({ kind }) => kind);
}
