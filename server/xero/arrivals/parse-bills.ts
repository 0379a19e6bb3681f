import { z } from 'zod';
import {
  currencySchema,
  decimalSchema,
  glimpsedIdSchema,
  glimpsedInstantSchema,
  idSchema,
  instantSchema,
  optionalDateSchema,
  optionalDecimalSchema,
  optionalFlagSchema,
  optionalList,
  optionalTextSchema,
} from '#server/xero/answers/fields.ts';
import { readList, type SentList } from '#server/xero/answers/read-list.ts';
import { describeFault } from '#server/xero/answers/read-rows.ts';
import type { XeroAnswer } from '#server/xero/answers/xero-answer.ts';
import { subtractDecimals } from '#shared/money.ts';
import type { UnreadableBill, XeroBill } from './bills.ts';

const trackingSchema = z.object({ Name: z.string(), Option: z.string() });

const lineSchema = z.object({
  Description: optionalTextSchema,
  Quantity: optionalDecimalSchema,
  UnitAmount: optionalDecimalSchema,
  LineAmount: optionalDecimalSchema,
  TaxAmount: optionalDecimalSchema,
  AccountCode: optionalTextSchema,
  TaxType: optionalTextSchema,
  ItemCode: optionalTextSchema,
  Tracking: optionalList(trackingSchema),
});

const billSchema = z.object({
  InvoiceID: idSchema,
  Type: z.literal('ACCPAY'),
  InvoiceNumber: optionalTextSchema,
  Contact: z.object({ ContactID: idSchema, Name: optionalTextSchema }),
  Status: z.enum(['DRAFT', 'SUBMITTED', 'AUTHORISED', 'PAID', 'VOIDED', 'DELETED']),
  Date: optionalDateSchema,
  DueDate: optionalDateSchema,
  CurrencyCode: currencySchema,
  LineAmountTypes: z.enum(['Exclusive', 'Inclusive', 'NoTax']),
  LineItems: optionalList(lineSchema),
  SubTotal: optionalDecimalSchema,
  TotalTax: optionalDecimalSchema,
  Total: decimalSchema,
  AmountDue: optionalDecimalSchema,
  HasAttachments: optionalFlagSchema,
  Url: optionalTextSchema,
  UpdatedDateUTC: instantSchema,
});

/** Members that are read one by one even if the rest of the row cannot be parsed. */
const glimpseSchema = z
  .object({
    InvoiceID: glimpsedIdSchema,
    Url: z.string().nullable().catch(null),
    UpdatedDateUTC: glimpsedInstantSchema,
  })
  .catch({ InvoiceID: null, Url: null, UpdatedDateUTC: null });

/** Sales invoices and Xero's credit types in the same list. */
const otherSchema = z.object({ Type: z.string().regex(/^(?!ACCPAY$)./) });

export type BillPage = Omit<SentList, 'rows'> & { rows: XeroBill[]; unreadable: UnreadableBill[]; faults: string[] };

/** Parses a page of bills. A row that cannot be parsed does not affect the others. */
export function parseBills(answer: XeroAnswer): BillPage {
  const { rows: sent, ...page } = readList(answer, 'Invoices', 'InvoiceID');
  const read: BillPage = { ...page, rows: [], unreadable: [], faults: [] };
  for (const row of sent) {
    if (otherSchema.safeParse(row).success) continue;
    const parsed = billSchema.safeParse(row);
    if (parsed.success) read.rows.push(toBill(parsed.data));
    else {
      const { InvoiceID: id, Url: page, UpdatedDateUTC: updatedAt } = glimpseSchema.parse(row);
      read.unreadable.push({ id, page, updatedAt });
      read.faults.push(describeFault(parsed.error));
    }
  }
  return read;
}

type Row = z.output<typeof billSchema>;

const types = { Exclusive: 'exclusive', Inclusive: 'inclusive', NoTax: 'none' } as const;

function toBill(row: Row): XeroBill {
  const totalTax = row.TotalTax ?? '0';
  return {
    id: row.InvoiceID,
    number: row.InvoiceNumber,
    supplier: { id: row.Contact.ContactID, name: row.Contact.Name },
    status: row.Status,
    date: row.Date,
    dueDate: row.DueDate,
    currency: row.CurrencyCode,
    lineAmountTypes: types[row.LineAmountTypes],
    lines: row.LineItems.map(toLine),
    // Xero's SubTotal never includes tax.
    subTotal: row.SubTotal ?? subtractDecimals(row.Total, totalTax),
    totalTax,
    total: row.Total,
    amountDue: row.AmountDue ?? '0',
    hasAttachments: row.HasAttachments ?? false,
    page: row.Url,
    updatedAt: row.UpdatedDateUTC,
  };
}

function toLine(line: Row['LineItems'][number]): XeroBill['lines'][number] {
  const unitAmount = line.UnitAmount ?? '0';
  return {
    description: line.Description,
    quantity: line.Quantity ?? '1',
    unitAmount,
    amount: line.LineAmount ?? unitAmount,
    taxAmount: line.TaxAmount,
    accountCode: line.AccountCode,
    taxType: line.TaxType,
    itemCode: line.ItemCode,
    tracking: line.Tracking.map(({ Name, Option }) => ({ category: Name, option: Option })),
  };
}
