import type { RecordProblem } from '#shared/contract/sync/record.ts';
import type { RecordData } from '#shared/contract/sync/record-data/data.ts';
import { checkDecimals, checkPage, type Filled, findTooLong, isFilled, missingAt, toMissing } from '../check-fields.ts';
import type { ContactGroupName, KindFacts, KindTwin } from '../kind.ts';
import type { Side } from './accounts.ts';
import { type BuiltLines, buildLines } from './build-document.ts';
import { findContact } from './document-contacts.ts';
import { checkRate } from './header.ts';
import { readLines } from './read-lines.ts';

type DocumentData = Pick<
  RecordData<'invoices'>,
  'number' | 'date' | 'currency' | 'lineAmountTypes' | 'lines' | 'total' | 'reference' | 'url'
>;
type PartyData = RecordData<'invoices'>['customer'];

type Reading = {
  side: Side;
  group: ContactGroupName;
  /** Where the party is in `data`. */
  path: 'customer' | 'supplier';
  party: PartyData;
  isPosted: boolean;
  exchangeRate?: string | undefined;
};

const required = ['number', 'date', 'currency', 'lineAmountTypes', 'lines', 'total'] as const;

export type ReadDocument<Data extends DocumentData> = {
  data: Filled<Data, (typeof required)[number]>;
  contact: KindTwin;
  built: BuiltLines;
};

/** Checks a document with lines, and builds its lines. */
export function readDocument<Data extends DocumentData>(
  data: Data,
  { side, group, path, party, isPosted, exchangeRate }: Reading,
  facts: KindFacts,
): ReadDocument<Data> | { problem: RecordProblem } {
  if (!party) return { problem: missingAt(path) };
  if (!isFilled(data, required)) return toMissing(data, required);
  const { number, reference, total, currency, date, lineAmountTypes: types } = data;
  const read = readLines(data.lines, side);
  if ('problem' in read) return read;
  const problem =
    findTooLong(['number', number, 255], ['reference', reference, 255]) ??
    checkDecimals('total', total, currency) ??
    checkRate(exchangeRate) ??
    checkPage(data.url, facts);
  if (problem) return { problem };
  const found = findContact(party, path, { ...facts, group });
  if ('problem' in found) return found;
  const built = buildLines({ side, types, date, currency, lines: read.lines, total, isPosted }, facts);
  return 'problem' in built ? built : { data, contact: found.contact, built };
}

/** Members of a document, for differences. */
export const documentFields = {
  Date: 'date',
  CurrencyCode: 'currency',
  LineAmountTypes: 'lineAmountTypes',
  Reference: 'reference',
  Status: 'status',
  LineItems: 'lines',
  'LineItems.*.Description': 'lines.*.description',
  'LineItems.*.Quantity': 'lines.*.quantity',
  'LineItems.*.UnitAmount': 'lines.*.unitAmount',
  'LineItems.*.DiscountRate': 'lines.*.discount',
  'LineItems.*.ItemCode': 'lines.*.item',
  'LineItems.*.AccountCode': 'lines.*.category',
  'LineItems.*.TaxType': 'lines.*.taxRate',
  'LineItems.*.Tracking.*.TrackingOptionID': 'lines.*.tracking',
} as const;
