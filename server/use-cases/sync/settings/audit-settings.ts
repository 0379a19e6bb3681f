import type { Deps } from '#server/deps.ts';
import type { Repositories } from '#server/store/store.ts';
import { appendAudit } from '#server/use-cases/audit/audit.ts';
import type { AuditChange } from '#shared/contract/audit.ts';
import type { SettingsCaller } from './find-sync-place.ts';

type Change = { organisationId: string; before: object; after: object };

/** Records who changed which setting of sync. Use within the transaction of the change. */
export async function auditSettings(
  deps: { store: Pick<Repositories, 'audit'>; clock: Deps['clock'] },
  { workspaceId, by, requestId }: SettingsCaller,
  { organisationId, before, after }: Change,
): Promise<void> {
  const changes = listSettingChanges(before, after);
  if (changes.length === 0) return;
  const act = { workspaceId, organisationId: organisationId || null, user: by, requestId, outcome: 'saved' };
  await appendAudit(deps, { ...act, action: 'change_sync', changes });
}

/** Every value that differs, by its path. An element of a list is named by its kind or key. */
export function listSettingChanges(before: object, after: object): AuditChange[] {
  const [was, is] = [new Map(flatten(before)), new Map(flatten(after))];
  const names = [...new Set([...was.keys(), ...is.keys()])];
  return names.flatMap((name) => {
    const change = { name, before: was.get(name) ?? null, after: is.get(name) ?? null };
    return change.before === change.after ? [] : [change];
  });
}

function flatten(value: object, path: readonly string[] = []): [string, string][] {
  return Object.entries(value).flatMap(([name, member]): [string, string][] => {
    if (name === 'kind' || name === 'key' || member === null || member === undefined) return [];
    const at = [...path, Array.isArray(value) ? nameOf(member, name) : name];
    return typeof member === 'object' ? flatten(member, at) : [[at.join(' '), String(member)]];
  });
}

function nameOf(element: unknown, index: string): string {
  if (typeof element !== 'object' || element === null) return index;
  return String(Reflect.get(element, 'kind') ?? Reflect.get(element, 'key') ?? index);
}
