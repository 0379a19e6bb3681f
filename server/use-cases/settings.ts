import type { AccessEntry, CrmUser, Defaults, Settings } from '#shared/contract/settings.ts';
import type { Deps } from '../deps.ts';
import type { ConnectionRow } from '../store/store.ts';
import { type Actor, requireAdmin } from './actor.ts';
import { appendAudit } from './audit.ts';
import { listAccessChanges, listDefaultChanges } from './audit-changes.ts';
import { describeConnection } from './describe-connection.ts';
import { findOrganisation, toOrganisationAnswer } from './organisation.ts';

/** Connection, access, defaults and today's calls; for admins. */
export async function getSettings(deps: Deps, actor: Actor): Promise<Settings> {
  requireAdmin(actor);
  const { workspaceId } = actor.session;
  const connection = await deps.store.connections.find(workspaceId);
  return {
    connection: await describeConnection(deps, connection),
    organisation: toOrganisationAnswer(findShownOrganisation(connection), deps.config.xero.appUrl),
    users: listUsers(actor),
    access: await deps.store.access.list(workspaceId),
    defaults: await findDefaults(deps, connection),
    usage: await findUsage(deps, connection),
  };
}

export type NewAccess = { userId: string; name?: string; email?: string; rights: AccessEntry['rights'] };

/** Replaces the access list, the defaults, or both. */
export async function putSettings(
  deps: Deps,
  actor: Actor,
  wanted: { access?: readonly NewAccess[]; defaults?: Defaults },
): Promise<Settings> {
  requireAdmin(actor);
  const { workspaceId, user } = actor.session;
  const connection = await deps.store.connections.find(workspaceId);
  const organisationId = connection?.organisationId ?? null;
  const act = { workspaceId, organisationId, user, requestId: actor.requestId, outcome: 'saved' };
  if (wanted.access) {
    const before = await deps.store.access.list(workspaceId);
    const known = new Map([...before.map(toUser), ...listUsers(actor)].map(byId));
    const after = toEntries(wanted.access, known);
    const changes = listAccessChanges(before, after);
    await deps.store.together(async (store) => {
      await store.access.replace(workspaceId, after);
      await appendAudit({ ...deps, store }, { ...act, action: 'change_access', changes });
    });
  }
  if (wanted.defaults && organisationId !== null) {
    const { defaults } = wanted;
    const before = await deps.store.defaults.find(workspaceId, organisationId);
    const changes = listDefaultChanges(before, defaults);
    await deps.store.together(async (store) => {
      await store.defaults.put(workspaceId, organisationId, defaults);
      await appendAudit({ ...deps, store }, { ...act, action: 'change_defaults', changes });
    });
  }
  return getSettings(deps, actor);
}

/** One entry a user, the last one said; without a right nobody stays on the list. */
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

function listUsers(actor: Actor): CrmUser[] {
  const { claims } = actor.session;
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
