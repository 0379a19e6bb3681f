import type { KindName } from './kinds/kind.ts';
import { kinds } from './kinds/kinds.ts';
import type { Line, Row } from './row.ts';

/** A row of the database. */
export function parseRow(kind: KindName, found: unknown): Row {
  const columns = new Map(Object.entries(found ?? {}));
  const text = (name: string) => String(columns.get(name) ?? '');
  const textOrNull = (name: string) => (typeof columns.get(name) === 'string' ? text(name) : null);
  const handed = columns.get('handedVersion');
  const state = textOrNull('syncState');
  return {
    kind,
    id: text('id'),
    version: Number(columns.get('version')),
    handedVersion: typeof handed === 'number' ? handed : null,
    isDeleted: columns.get('isDeleted') === 1,
    values: Object.fromEntries(kinds[kind].fields.map(({ name }) => [name, text(name)])),
    lines: parseLines(text('lines')),
    sync: state === null ? null : { state, message: textOrNull('syncMessage'), ...parseTwin(textOrNull) },
  };
}

function parseTwin(textOrNull: (name: string) => string | null) {
  return {
    xeroKind: textOrNull('xeroKind'),
    xeroId: textOrNull('xeroId'),
    xeroNumber: textOrNull('xeroNumber'),
    xeroUrl: textOrNull('xeroUrl'),
    syncedAt: textOrNull('syncedAt'),
  };
}

function parseLines(json: string): Line[] {
  const lines: unknown = JSON.parse(json);
  if (!Array.isArray(lines)) return [];
  return lines.map((line) => {
    const members = new Map<string, unknown>(Object.entries(line ?? {}));
    const text = (name: string) => String(members.get(name) ?? '');
    return {
      ...{ description: text('description'), quantity: text('quantity'), unitAmount: text('unitAmount') },
      ...{ itemId: text('itemId'), category: text('category'), tax: text('tax') },
    };
  });
}
