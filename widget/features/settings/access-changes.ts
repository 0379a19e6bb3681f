import type { AccessEntry } from '#shared/contract/settings.ts';

/** What a person changed and has not saved, by user; null: taken off the list. */
export type AccessChanges = ReadonlyMap<string, AccessEntry | null>;

/** The list as it will be saved: what others saved meanwhile stays, under what this person changed. */
export function applyChanges(access: readonly AccessEntry[], changes: AccessChanges): AccessEntry[] {
  const kept = access.flatMap((entry) => {
    const changed = changes.get(entry.userId);
    return changed === null ? [] : [changed ?? entry];
  });
  const known = new Set(access.map(({ userId }) => userId));
  const added = [...changes].flatMap(([userId, entry]) => (entry === null || known.has(userId) ? [] : [entry]));
  return [...kept, ...added];
}
