import type { MappingChange } from '#shared/contract/sync/mapping.ts';

/** What the server said about the choice at a place. */
export type FaultAt = (place: string) => string | undefined;

/** Choices that were made and are not saved yet, by their place. */
export type Draft = ReadonlyMap<string, Drafted>;
type Drafted = { value: string | null; change: MappingChange };

/** `place` names the choice, such as `categories/Fuel/accountCode`. `saved`: what is chosen already. */
export type Choosing = Drafted & { place: string; saved: string | null };

/** Sets a choice. One that is as saved again needs no saving. */
export function withChoice(draft: Draft, { place, saved, value, change }: Choosing): Draft {
  const next = new Map(draft);
  if (value === saved) next.delete(place);
  else next.set(place, { value, change });
  return next;
}

export function findValue(draft: Draft, place: string, saved: string | null): string | null {
  const drafted = draft.get(place);
  return drafted ? drafted.value : saved;
}

/** All choices as one request, because each request asks Xero for its current lists. */
export function toChange(draft: Draft): MappingChange {
  return mergeChanges([...draft.values()].map(({ change }) => change));
}

/** The server's messages about choices, by their place. Its paths count the rows of the request, as `toChange` built it. */
export function placeErrors(draft: Draft, errors: readonly { path: string; message: string }[]): Map<string, string> {
  const { tracking: _, defaults: __, ...lists } = toChange(draft);
  const placed = errors.map(({ path, message }): [string, string] => {
    const [part = '', at = '', member = ''] = path.split('.');
    const rows: readonly { key: string }[] | undefined = Object.entries(lists).find(([name]) => name === part)?.[1];
    const row = rows?.[Number(at)];
    return [row ? `${part}/${row.key}/${member}` : `${part}/${path.slice(part.length + 1)}`, message];
  });
  return new Map(placed);
}

function mergeChanges(changes: readonly MappingChange[]): MappingChange {
  const merged = {
    categories: changes.flatMap(({ categories }) => categories ?? []),
    paymentMethods: changes.flatMap(({ paymentMethods }) => paymentMethods ?? []),
    taxRates: changes.flatMap(({ taxRates }) => taxRates ?? []),
  };
  const tracking = Object.assign({}, ...changes.map((change) => change.tracking));
  const defaults = Object.assign({}, ...changes.map((change) => change.defaults));
  return {
    ...Object.fromEntries(Object.entries(merged).filter(([, rows]) => rows.length > 0)),
    ...(Object.keys(tracking).length > 0 && { tracking }),
    ...(Object.keys(defaults).length > 0 && { defaults }),
  };
}
