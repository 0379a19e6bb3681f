import type { Repositories } from '#server/store/store.ts';
import type { MappingKey } from '#server/store/tables/sync/settings-store.ts';
import type { SyncPlace } from '#server/sync-place.ts';
import type { PutKind } from '#shared/contract/sync/kinds.ts';

/** Members of a record that are words of the CRM, and the part of the mapping that they belong to. */
const mappingOf: Readonly<Record<string, string>> = {
  category: 'categories',
  taxRate: 'taxRates',
  method: 'paymentMethods',
};

/** Kinds whose records are words themselves, by their id. */
const mappingOfKind: { [Kind in PutKind]?: string } = { 'payment-methods': 'paymentMethods', 'tax-rates': 'taxRates' };

type Put = { kind: PutKind; crmId: string; data: unknown };

/** Remembers the words that records use, so that an admin finds them in the mapping before one of them is missed. */
export async function noteUsedKeys(
  { syncMapping }: Pick<Repositories, 'syncMapping'>,
  { workspaceId, organisationId }: SyncPlace,
  puts: readonly Put[],
): Promise<void> {
  const keys = keepFirst(puts.flatMap(({ kind, crmId, data }) => listUsedKeys(kind, crmId, data)));
  if (keys.length > 0) await syncMapping.noteKeys({ workspaceId, organisationId }, keys);
}

/** The words of the CRM that a record uses, so that an admin can map them. `data` is as it was put. */
export function listUsedKeys(kind: PutKind, crmId: string, data: unknown): MappingKey[] {
  const own = mappingOfKind[kind];
  if (own !== undefined) return [{ mapping: own, key: crmId }];
  if (kind === 'tracking') return listCategories([data]);
  const keys = new Map<string, MappingKey>();
  for (const found of listWithin(data)) keys.set(foldKey(found), found);
  return [...keys.values()];
}

/** Of several spellings in other cases the first is kept, as the store would. */
function keepFirst(keys: readonly MappingKey[]): MappingKey[] {
  const kept = new Map<string, MappingKey>();
  for (const key of keys) if (!kept.has(foldKey(key))) kept.set(foldKey(key), key);
  return [...kept.values()];
}

function foldKey({ mapping, key }: MappingKey): string {
  return `${mapping}:${key.toLowerCase()}`;
}

function listWithin(value: unknown): MappingKey[] {
  if (typeof value !== 'object' || value === null) return [];
  return Object.entries(value).flatMap(([name, member]) => {
    if (name === 'tracking') return listCategories(Array.isArray(member) ? member : []);
    const mapping = mappingOf[name];
    if (typeof member !== 'string') return listWithin(member);
    return mapping !== undefined && member !== '' ? [{ mapping, key: member }] : [];
  });
}

/** A tracking option that is named by its record has no category here. */
function listCategories(options: readonly unknown[]): MappingKey[] {
  return options.flatMap((option) => {
    const category = typeof option === 'object' && option !== null ? Reflect.get(option, 'category') : undefined;
    return typeof category === 'string' && category !== '' ? [{ mapping: 'tracking', key: category }] : [];
  });
}
