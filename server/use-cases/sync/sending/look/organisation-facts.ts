import type { Acting } from '#server/use-cases/acting/acting.ts';
import { findLockDate, todayOf } from '#server/use-cases/acting/organisation.ts';
import type { XeroOrganisation } from '#server/xero/gateway.ts';
import type { SyncLists } from '#server/xero/records/sync-lists.ts';
import type { CalendarDate } from '#shared/calendar.ts';
import type { Rules } from '#shared/contract/sync/rules.ts';
import { keptLists, keptOrganisation } from '../../settings/kept-lists.ts';
import { readMapping, type StoredMapping } from '../../settings/read-mapping.ts';
import { readRules } from '../../settings/read-rules.ts';

/** A person who maps an account in Xero waits no longer than this, or presses Retry. */
const mostSeconds = 10 * 60;

/** What every record of an organisation is checked against. */
export type OrganisationFacts = {
  organisation: XeroOrganisation;
  today: CalendarDate;
  /** No document may be dated on or before it. */
  lockDate: string | null;
  lists: SyncLists;
  mapping: StoredMapping;
  rules: Rules;
  /** The workspace's origins. The first is the page of a record that names none. */
  origins: readonly string[];
  workspaceName: string;
};

/** Xero's lists and lock dates are read once in ten minutes across all processes. Rules and mapping are read each time. */
export async function readOrganisationFacts({ deps, caller }: Acting): Promise<OrganisationFacts> {
  const { workspaceId, organisationId } = caller;
  const where = { workspaceId, organisationId };
  const [lists, organisation, mapping, rules, workspace] = await Promise.all([
    keptLists(deps, caller, { mostSeconds }),
    keptOrganisation(deps, caller, { mostSeconds }),
    readMapping(deps.store, where),
    readRules(deps.store, where),
    deps.workspaces.find(workspaceId),
  ]);
  return {
    ...{ organisation, lists, mapping, rules, today: todayOf(organisation, deps) },
    lockDate: findLockDate(organisation),
    origins: workspace?.origins ?? [],
    workspaceName: workspace?.name ?? workspaceId,
  };
}
