import { badRequest, notFound, queryParseException } from '../errors.ts';
import type { ApiCall } from './route.ts';
import { parseWhere, type Where } from './where/where.ts';
import type { Field, FieldTable } from './where/where-compare.ts';

/** How one kind of record is listed. */
export type Listing<Row> = {
  table: FieldTable<Row>;
  id: (row: Row) => string;
  updatedAt: (row: Row) => number;
  /** Fields that a filter may use in a large organisation; by default all. */
  indexed?: string[];
  /** A fixed page size without a pagination object, even if paging was not requested (Quotes). */
  fixedPageSize?: number;
};

export type Pagination = { page: number; pageSize: number; pageCount: number; itemCount: number };

export type Page<Row> = { rows: Row[]; pagination?: Pagination; isPaged: boolean };

const bigOrganisation = 1000;
const maxPageSize = 1000;
const maxIds = 50;

export function listRows<Row>(call: ApiCall, rows: Row[], listing: Listing<Row>): Page<Row> {
  const filter = readWhere(call, rows.length, listing);
  const since = call.ifModifiedSince;
  const found = rows.filter(
    (row) => (since === undefined || listing.updatedAt(row) >= since) && (filter === undefined || filter.test(row)),
  );
  return toPage(call, sortRows(found, call.query.order, listing), listing);
}

function readWhere<Row>(call: ApiCall, size: number, listing: Listing<Row>): Where<Row> | undefined {
  if (!call.query.where) return undefined;
  const where = parseWhere(call.query.where, listing.table);
  const slow = where.fields.find((field) => listing.indexed && !listing.indexed.includes(field));
  if (slow && size > bigOrganisation) {
    throw badRequest(51, 'HighVolumeException', `Filtering by ${slow} is not available for high volume organisations`);
  }
  return where;
}

/** Sorts as requested, then by update time and id, so that pages never overlap. */
function sortRows<Row>(rows: Row[], order: string | undefined, listing: Listing<Row>): Row[] {
  const keys = (order ?? '').split(',').filter((part) => part.trim() !== '');
  const comparers = keys.map((key) => toComparer(key.trim(), listing.table));
  const byDefault = (a: Row, b: Row) =>
    listing.updatedAt(a) - listing.updatedAt(b) || compareValues(listing.id(a), listing.id(b));
  return rows.sort((a, b) => {
    for (const comparer of comparers) {
      const difference = comparer(a, b);
      if (difference !== 0) return difference;
    }
    return byDefault(a, b);
  });
}

function toComparer<Row>(key: string, table: FieldTable<Row>): (a: Row, b: Row) => number {
  const [name = '', direction = 'ASC', ...rest] = key.split(/\s+/);
  const field: Field<Row> | string | undefined = Object.hasOwn(table, name) ? table[name] : undefined;
  if (!field || typeof field === 'string') {
    throw queryParseException(`No property or field '${name}' exists in type '${table.$type}'`);
  }
  if (rest.length > 0 || !/^(asc|desc)$/i.test(direction)) throw queryParseException('Syntax error');
  const sign = direction.toLowerCase() === 'desc' ? -1 : 1;
  return (a, b) => sign * compareValues(field.get(a), field.get(b));
}

type Value = string | number | boolean | undefined;

/** Empty values first, as in Xero's database. */
function compareValues(a: Value, b: Value): number {
  if (a === b) return 0;
  if (a === undefined) return -1;
  if (b === undefined) return 1;
  return a < b ? -1 : 1;
}

function toPage<Row>({ query }: ApiCall, rows: Row[], listing: Listing<Row>): Page<Row> {
  if (listing.fixedPageSize !== undefined) {
    const page = readNumber(query.page, 1, Number.MAX_SAFE_INTEGER, 'page');
    return { rows: cut(rows, page, listing.fixedPageSize), isPaged: true };
  }
  if (query.page === undefined && query.pagesize === undefined) return { rows, isPaged: false };
  const page = readNumber(query.page, 1, Number.MAX_SAFE_INTEGER, 'page');
  const pageSize = readNumber(query.pagesize, 100, maxPageSize, 'pageSize');
  const pagination = { page, pageSize, pageCount: Math.ceil(rows.length / pageSize), itemCount: rows.length };
  return { rows: cut(rows, page, pageSize), pagination, isPaged: true };
}

function cut<Row>(rows: Row[], page: number, size: number): Row[] {
  return rows.slice((page - 1) * size, page * size);
}

function readNumber(text: string | undefined, fallback: number, max: number, name: string): number {
  if (text === undefined || text === '') return fallback;
  const value = Number(text);
  if (Number.isInteger(value) && value >= 1 && value <= max) return value;
  throw badRequest(0, 'BadRequest', `${name} must be a whole number between 1 and ${max}`);
}

/** Values of a comma-separated parameter. More than about 50 ids exceed the URL limit, which answers like a 404. */
export function readIds(text: string | undefined): Set<string> | undefined {
  if (text === undefined || text === '') return undefined;
  const ids = text.split(',').map((id) => id.trim().toLowerCase());
  if (ids.length > maxIds) throw notFound();
  return new Set(ids);
}

export function isTrue(text: string | undefined): boolean {
  return text?.toLowerCase() === 'true';
}
