import type { Config } from '#server/config.ts';
import type { Deps } from '#server/deps.ts';
import type { ConnectionRow, Repositories } from '#server/store/store.ts';
import { readRules } from '#server/use-cases/sync/settings/read-rules.ts';
import type { ConnectionAnswer } from '#shared/contract/settings.ts';
import { describeConnection } from './describe-connection.ts';

/** What a consent asks for. Only a workspace whose records are sent to Xero is asked for the scopes of sync. */
export function listScopes(
  { scopes, syncScopes }: Pick<Config['xero'], 'scopes' | 'syncScopes'>,
  { forSync }: { forSync: boolean },
): string[] {
  return forSync ? [...new Set([...scopes, ...syncScopes])] : scopes;
}

/** Whether records are sent to the organisation that is connected or was last. */
export async function isSyncEnabled(
  store: Pick<Repositories, 'syncRules'>,
  connection: ConnectionRow | undefined,
): Promise<boolean> {
  if (!connection || connection.organisationId === null) return false;
  const { workspaceId, organisationId } = connection;
  return (await readRules(store, { workspaceId, organisationId })).enabled;
}

/**
 * The connection as settings and the overview of sync show it: with the reason `scope_missing` while sync is on and the
 * consent lacks a scope of sync. The connection then works for everything else.
 */
export async function describeWithSync(
  deps: Pick<Deps, 'xero' | 'store' | 'config'>,
  connection: ConnectionRow | undefined,
): Promise<ConnectionAnswer> {
  const described = await describeConnection(deps, connection);
  const isUsable = described.status === 'running' || described.status === 'paused';
  if (!connection || !isUsable || !(await isSyncEnabled(deps.store, connection))) return described;
  const granted = deps.xero.tokens.readScopes(connection);
  // An older token set does not say what was granted. Then Xero's first refusal tells.
  const lacks = granted !== null && deps.config.xero.syncScopes.some((scope) => !granted.includes(scope));
  return lacks ? { ...described, reason: 'scope_missing' } : described;
}
