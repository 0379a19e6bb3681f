import type { z } from 'zod';
import type { XeroLog } from '#server/xero/calling/xero-config.ts';

/** What Xero's lists hold; the label of what is counted. */
export type XeroList =
  | 'invoices'
  | 'quotes'
  | 'contacts'
  | 'credit_notes'
  | 'prepayments'
  | 'overpayments'
  | 'accounts'
  | 'tax_rates'
  | 'items'
  | 'tracking_categories'
  | 'currencies'
  | 'branding_themes'
  | 'connections'
  | 'attachments'
  | 'history'
  | 'payments'
  | 'applied_credits';

/** Says in the log and in the metrics of which list rows were set aside, how many, and why. */
export type NoteSetAside = (list: XeroList, faults: readonly string[]) => void;

/** The rows of a list that could be read, and what was wrong with each of the others. */
export type ReadRows<Row> = { rows: Row[]; faults: string[] };

/** `unread`: the rows that could not be read, as they were sent. One bad row leaves the others as they are. */
export function readRows<T extends z.ZodType>(
  rows: readonly unknown[],
  schema: T,
): ReadRows<z.output<T>> & { unread: unknown[] } {
  const read: ReadRows<z.output<T>> & { unread: unknown[] } = { rows: [], faults: [], unread: [] };
  for (const row of rows) {
    const parsed = schema.safeParse(row);
    if (parsed.success) read.rows.push(parsed.data);
    else {
      read.faults.push(describeFault(parsed.error));
      read.unread.push(row);
    }
  }
  return read;
}

/** Names of fields and codes of faults; a value may be a customer's. */
export function describeFault({ issues }: z.ZodError): string {
  return issues.map(({ path, code }) => `${path.join('.')}: ${code}`).join(', ');
}

const mostFaultsLogged = 5;

export function buildNoteSetAside(log: XeroLog, count: (list: XeroList, rows: number) => void): NoteSetAside {
  return (list, faults) => {
    if (faults.length === 0) return;
    count(list, faults.length);
    const distinct = [...new Set(faults)].slice(0, mostFaultsLogged);
    log.warn({ list, rows: faults.length, faults: distinct }, 'Rows of Xero could not be read and were set aside');
  };
}
