import type { AuditChange } from '#shared/contract/audit.ts';
import { allRights, type Right } from '#shared/contract/record.ts';
import type { AccessEntry, Defaults } from '#shared/contract/settings.ts';

/** Lists whose rights changed, with the old and new rights. Unchanged users are left out. */
export function listAccessChanges(before: readonly AccessEntry[], after: readonly AccessEntry[]): AuditChange[] {
  const [held, given] = [before, after].map((entries) => new Map(entries.map((entry) => [entry.userId, entry])));
  const everybody = new Map([...before, ...after].map((entry) => [entry.userId, entry]));
  return [...everybody.values()].flatMap(({ userId, name, email }) =>
    toChange(name || email || userId, formatRights(held?.get(userId)), formatRights(given?.get(userId))),
  );
}

/** Lists which defaults changed, by their names in the contract. */
export function listDefaultChanges(before: Defaults, after: Defaults): AuditChange[] {
  const flat = [before, after].map((defaults) => new Map(Object.entries(defaults)));
  const names = [...new Set(flat.flatMap((defaults) => [...defaults.keys()]))];
  return names.flatMap((name) => toChange(name, formatValue(flat[0]?.get(name)), formatValue(flat[1]?.get(name))));
}

function toChange(name: string, before: string | null, after: string | null): AuditChange[] {
  return before === after ? [] : [{ name, before, after }];
}

/** In the order of the contract, so that equal rights give equal text. */
function formatRights(entry: AccessEntry | undefined): string | null {
  const held = new Set<Right>(entry?.rights ?? []);
  return held.size === 0 ? null : allRights.filter((right) => held.has(right)).join(', ');
}

function formatValue(value: unknown): string | null {
  if (value === undefined || value === null || value === '') return null;
  return typeof value === 'string' ? value : JSON.stringify(value);
}
