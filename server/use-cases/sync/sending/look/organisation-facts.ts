import type { Acting } from '#server/use-cases/acting/acting.ts';
import { findLockDate, todayOf } from '#server/use-cases/acting/organisation.ts';
import type { XeroOrganisation } from '#server/xero/gateway.ts';
import type { SyncLists } from '#server/xero/records/sync-lists.ts';
import type { CalendarDate } from '#shared/calendar.ts';
import type { Rules } from '#shared/contract/sync/rules.ts';
import { readMapping, type StoredMapping } from '../../settings/read-mapping.ts';
import { readRules } from '../../settings/read-rules.ts';

/** A person who maps an account in Xero waits no longer than this, or presses Retry. */
const keepSeconds = 10 * 60;

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

type Lists = { lists: SyncLists; organisation: XeroOrganisation };

/** Xero's lists and lock dates are read once in ten minutes across all processes. Rules and mapping are read each time. */
export async function readOrganisationFacts({ deps, caller }: Acting): Promise<OrganisationFacts> {
  const { workspaceId, organisationId } = caller;
  const where = { workspaceId, organisationId };
  const [{ lists, organisation }, mapping, rules, workspace] = await Promise.all([
    readLists({ deps, caller }),
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

/** Forgets Xero's lists, so that a change that was just made in Xero counts. */
export async function forgetLists({ cache }: Pick<Acting['deps'], 'cache'>, organisationId: string): Promise<void> {
  await cache.delete(toKey(organisationId)).catch(() => undefined);
}

const toKey: (organisationId: string) => string = (organisationId) => `sync-lists:${organisationId}`;

async function readLists({ deps, caller }: Pick<Acting, 'deps' | 'caller'>): Promise<Lists> {
  const key = toKey(caller.organisationId);
  const read = async (): Promise<Lists | undefined> => {
    const text = await deps.cache.get(key).catch(() => undefined);
    // The code below wrote this value.
    return text === undefined ? undefined : (JSON.parse(text) as Lists);
  };
  const load = async (): Promise<Lists> => {
    const [lists, organisation] = await Promise.all([
      deps.xero.listSyncLists(caller),
      deps.xero.getOrganisation(caller),
    ]);
    await deps.cache.set(key, JSON.stringify({ lists, organisation }), keepSeconds).catch(() => undefined);
    return { lists, organisation };
  };
  return (await read()) ?? deps.singleFlight(key, { load, read });
}
