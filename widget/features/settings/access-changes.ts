import type { AccessEntry } from '#shared/contract/settings.ts';

/** Unsaved changes by user. null: removed from the list. */
export type AccessChanges = ReadonlyMap<string, AccessEntry | null>;

/** The list to save: the current list with this person's changes on top, so that other people's changes stay. */
export function applyChanges(access: readonly AccessEntry[], changes: AccessChanges): AccessEntry[] {
  const kept = access.flatMap((entry) => {
    const changed = changes.get(entry.userId);
    return changed === null ? [] : [changed ?? entry];
  });
  const known = new Set(access.map(({ userId }) => userId));
  const added = [...changes].flatMap(([userId, entry]) => (entry === null || known.has(userId) ? [] : [entry]));
  return [...kept, ...added];
}
