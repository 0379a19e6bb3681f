import type { ExactJson } from '#server/xero/bytes/exact-json.ts';
import type { RecordQuestion } from '#shared/contract/sync/record.ts';
import { compareDecimals } from '#shared/money.ts';
import { hasReached } from './documents/statuses.ts';
import type { KindTwin, XeroElement } from './kind.ts';
import { readMember, toDay } from './read-row.ts';

type Difference = RecordQuestion['differences'][number];
type Fields = Readonly<Record<string, string>>;

/**
 * What Xero has otherwise than the element: only members that were given and that stand for a field of the record.
 * Decimals are compared by value, texts without outer spaces, days as days. A document that is further than its wanted
 * status, such as a paid one, has reached it.
 */
export function listDifferences(fields: Fields, element: XeroElement, twin: Pick<KindTwin, 'row'>): Difference[] {
  return listMembers(element, twin.row, []).flatMap((difference) => {
    const field = findField(fields, difference.path);
    return field === undefined ? [] : [{ field, crm: difference.crm, xero: difference.xero }];
  });
}

type Member = Pick<Difference, 'crm' | 'xero'> & { path: readonly string[] };

function listMembers(given: ExactJson, held: unknown, path: readonly string[]): Member[] {
  if (given === undefined || given === null) return [];
  if (typeof given !== 'object' || isNumber(given)) return compare(given, held, path);
  if (Array.isArray(given)) return listEntries(given, held, path);
  return Object.entries(given).flatMap(([name, value]) =>
    listMembers(value, readMember(held, [name]), [...path, name]),
  );
}

type ExactNumber = { readonly exactDecimal: string };

function isNumber(value: object): value is ExactNumber {
  return 'exactDecimal' in value && typeof value.exactDecimal === 'string';
}

function compare(given: string | boolean | ExactNumber, held: unknown, path: readonly string[]): Member[] {
  if (path.join() === 'Status' && typeof held === 'string' && hasReached(held, String(given))) return [];
  const crm = typeof given === 'object' ? given.exactDecimal : String(given).trim();
  const xero = toText(held, /Date$/.test(path.at(-1) ?? ''));
  return isEqual(crm, xero, typeof given === 'object') ? [] : [{ path, crm: crm || null, xero: xero || null }];
}

function toText(held: unknown, isDay: boolean): string {
  const text = typeof held === 'string' || typeof held === 'boolean' ? String(held).trim() : '';
  return isDay ? (toDay(text) ?? text) : text;
}

function isEqual(crm: string, xero: string, isDecimal: boolean): boolean {
  const isBoth = isDecimal && /^-?\d+(\.\d+)?$/.test(xero);
  return isBoth
    ? compareDecimals(crm, xero) === 0
    : crm.toLowerCase() === xero.toLowerCase() && (crm === xero || isId(crm));
}

/** Ids ignore case. */
function isId(text: string): boolean {
  return /^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/i.test(text);
}

/** What an entry of these lists is known by. Entries of other lists are compared place by place. */
const keys: Readonly<Record<string, string>> = {
  Phones: 'PhoneType',
  Addresses: 'AddressType',
  Tracking: 'TrackingCategoryID',
};

function listEntries(given: readonly ExactJson[], held: unknown, path: readonly string[]): Member[] {
  const rows = Array.isArray(held) ? held : [];
  const key = keys[path.at(-1) ?? ''];
  const members = given.flatMap((entry, place) =>
    listMembers(entry, findEntry(rows, entry, key, place), [...path, String(place)]),
  );
  if (key !== undefined || given.length === rows.length) return members;
  return [...members, { path, crm: String(given.length), xero: String(rows.length) }];
}

function findEntry(rows: readonly unknown[], entry: ExactJson, key: string | undefined, place: number): unknown {
  if (key === undefined) return rows[place];
  const wanted = String(readMember(entry, [key])).toLowerCase();
  return rows.find((row) => String(readMember(row, [key])).toLowerCase() === wanted);
}

/** The field of a member; a place in the member's list is a place in the field's. */
function findField(fields: Fields, path: readonly string[]): string | undefined {
  const places = path.filter((part) => /^\d+$/.test(part));
  const field = fields[path.map((part) => (/^\d+$/.test(part) ? '*' : part)).join('.')];
  return field?.replace(/\*/g, () => places.shift() ?? '*');
}
