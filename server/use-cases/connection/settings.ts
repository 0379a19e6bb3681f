import type { Deps } from '#server/deps.ts';
import type { ConnectionRow } from '#server/store/store.ts';
import { findOrganisation, toOrganisationAnswer } from '#server/use-cases/acting/organisation.ts';
import { type Person, requireAdmin } from '#server/use-cases/acting/principal.ts';
import { appendAudit, parseAuditDetails } from '#server/use-cases/audit/audit.ts';
import { listAccessChanges, listDefaultChanges } from '#server/use-cases/audit/audit-changes.ts';
import { AppError } from '#shared/app-error.ts';
import type { AccessEntry, AccessSaving, CrmUser, Defaults, Settings } from '#shared/contract/settings.ts';
import { describeWithSync } from './sync-scopes.ts';

/** Connection, access, defaults and today's calls; for admins. */
export async function getSettings(deps: Deps, person: Person): Promise<Settings> {
  requireAdmin(person);
  const { workspaceId } = person.session;
  const connection = await deps.store.connections.find(workspaceId);
  const { version, entries } = await deps.store.access.read(workspaceId);
  return {
    connection: await describeWithSync(deps, connection),
    organisation: toOrganisationAnswer(findShownOrganisation(connection), deps.config.xero.appUrl),
    users: listUsers(person),
    access: entries,
    accessVersion: version,
    defaults: await findDefaults(deps, connection),
    usage: await findUsage(deps, connection),
  };
}

export type NewAccess = { userId: string; name?: string; email?: string; rights: AccessEntry['rights'] };

/**
 * Replaces the access list, the defaults, or both. `accessVersion` is the version of the list that was edited. If
 * somebody saved another list meanwhile, nothing is saved, and it rejects with access_changed, which says who saved
 * what.
 */
export async function putSettings(
  deps: Deps,
  person: Person,
  wanted: { access?: readonly NewAccess[]; accessVersion?: number; defaults?: Defaults },
): Promise<Settings> {
  requireAdmin(person);
  const { workspaceId, user } = person.session;
  const connection = await deps.store.connections.find(workspaceId);
  const organisationId = connection?.organisationId ?? null;
  const act = { workspaceId, organisationId, user, requestId: person.requestId, outcome: 'saved' };
  const { access, accessVersion = null } = wanted;
  if (access) {
    const toAfter = (before: readonly AccessEntry[]) =>
      toEntries(access, new Map([...before.map(toUser), ...listUsers(person)].map(byId)));
    const isSaved = await deps.store.together(async (store) => {
      const changed = await store.access.change(workspaceId, accessVersion, toAfter);
      if (!changed) return false;
      const changes = listAccessChanges(changed.before, changed.after);
      await appendAudit({ ...deps, store }, { ...act, action: 'change_access', changes });
      return true;
    });
    if (!isSaved) throw await toAccessChanged(deps, workspaceId, accessVersion ?? 0);
  }
  if (wanted.defaults && organisationId !== null) {
    const { defaults } = wanted;
    await deps.store.together(async (store) => {
      const changes = listDefaultChanges(await store.defaults.find(workspaceId, organisationId), defaults);
      await store.defaults.put(workspaceId, organisationId, defaults);
      await appendAudit({ ...deps, store }, { ...act, action: 'change_defaults', changes });
    });
  }
  return getSettings(deps, person);
}

const mostSavings = 10;

/** Lists the saves in between, newest first. Each save increased the version by one and left one row in the audit. */
async function toAccessChanged(deps: Deps, workspaceId: string, version: number): Promise<AppError> {
  const { version: now } = await deps.store.access.read(workspaceId);
  const limit = Math.max(1, Math.min(mostSavings, now - version));
  const rows = await deps.store.audit.list(workspaceId, { action: 'change_access', limit });
  const savings: AccessSaving[] = rows.map((row) => ({
    by: row.userName,
    at: row.at,
    changes: parseAuditDetails(row).changes ?? [],
  }));
  return new AppError('access_changed', { extension: { savings, accessVersion: now } });
}

/** One entry per user, the last one given. Users without any right are removed from the list. */
function toEntries(wanted: readonly NewAccess[], known: ReadonlyMap<string, CrmUser>): AccessEntry[] {
  const entries = wanted.map(({ userId, name, email, rights }) => ({
    userId,
    name: name ?? known.get(userId)?.name ?? userId,
    email: email ?? known.get(userId)?.email ?? '',
    rights: [...new Set(rights)],
  }));
  return [...new Map(entries.map((entry) => [entry.userId, entry])).values()].filter(({ rights }) => rights.length > 0);
}

function toUser({ userId, name, email }: AccessEntry): CrmUser {
  return { id: userId, name, email };
}

function byId(user: CrmUser): [string, CrmUser] {
  return [user.id, user];
}

function listUsers(person: Person): CrmUser[] {
  const { claims } = person.session;
  return 'users' in claims ? claims.users : [];
}

function findShownOrganisation(connection: ConnectionRow | undefined) {
  return connection?.status === 'disconnected' ? undefined : findOrganisation(connection);
}

async function findDefaults(deps: Deps, connection: ConnectionRow | undefined): Promise<Defaults> {
  if (!connection?.organisationId) return {};
  return deps.store.defaults.find(connection.workspaceId, connection.organisationId);
}

async function findUsage(deps: Deps, connection: ConnectionRow | undefined): Promise<Settings['usage']> {
  const { dailyCalls } = deps.config.xero;
  if (!connection?.organisationId) return { callsToday: 0, dailyCalls };
  const { callsToday } = await deps.xero.governor.usage(connection.organisationId);
  return { callsToday, dailyCalls };
}
