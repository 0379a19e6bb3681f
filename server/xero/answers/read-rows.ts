import type { z } from 'zod';
import type { XeroLog } from '#server/xero/calling/xero-config.ts';

/** The lists of Xero. Also the label in the metrics. */
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
  | 'purchase_orders'
  | 'contact_groups'
  | 'applied_credits';

/** Logs and counts how many rows of which list could not be parsed, and why. */
export type NoteSetAside = (list: XeroList, faults: readonly string[]) => void;

/** The parsed rows of a list, and the fault of each row that could not be parsed. */
export type ReadRows<Row> = { rows: Row[]; faults: string[] };

/** `unread`: rows that could not be parsed, as Xero sent them. A faulty row does not affect the others. */
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

/** Field names and fault codes only, because a value may be a customer's data. */
export function describeFault({ issues }: z.ZodError): string {
  return issues.map(({ path, code }) => `${path.join('.')}: ${code}`).join(', ');
}

const mostFaultsLogged = 5;

export function buildNoteSetAside(log: XeroLog, count: (list: XeroList, rows: number) => void): NoteSetAside {
  return (list, faults) => {
    if (faults.length === 0) return;
    count(list, faults.length);
    const distinct = [...new Set(faults)].slice(0, mostFaultsLogged);
    log.warn({ list, rows: faults.length, faults: distinct }, 'Rows from Xero could not be parsed and were left out');
  };
}
