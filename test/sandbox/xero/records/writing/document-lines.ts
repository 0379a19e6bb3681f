import { randomUUID } from 'node:crypto';
import type { Organisation } from '../organisation.ts';
import { type LineDraft, toTotals } from '../totals.ts';
import type { Invoice, LineAmountTypes, Quote } from '../types.ts';
import { completeLine, type LineSetting } from './complete-line.ts';
import type { SentDocument } from './sent.ts';

type Known = Pick<Invoice | Quote, 'LineItems' | 'LineAmountTypes'>;

/**
 * The lines of a document after a write, and their totals. Sent lines replace all earlier ones. A line that names an
 * existing line keeps its id. An empty list changes nothing, as in Xero's own examples.
 */
export function writeLines(
  organisation: Organisation,
  sent: SentDocument,
  known: Known | undefined,
  setting: LineSetting,
) {
  const books = organisation.books();
  const ids = new Set(known?.LineItems.map(({ LineItemID }) => LineItemID));
  const given = (sent.LineItems ?? []).map((line) => {
    const LineItemID = line.LineItemID?.toLowerCase();
    return {
      ...completeLine(books, line, setting),
      LineItemID: LineItemID && ids.has(LineItemID) ? LineItemID : undefined,
    };
  });
  const { types } = setting;
  const lines = given.length > 0 ? given : keptLines(known, types);
  const totals = toTotals({ lines, types, taxRates: books.taxRates, lineId: () => randomUUID() });
  return { LineAmountTypes: types, TotalDiscount: undefined, ...totals };
}

/** A given tax amount is kept as long as the type of amounts stays the same. */
function keptLines(known: Known | undefined, types: LineAmountTypes): LineDraft[] {
  return (known?.LineItems ?? []).map((line) =>
    known?.LineAmountTypes === types ? line : { ...line, TaxAmount: undefined },
  );
}
