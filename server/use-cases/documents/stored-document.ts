import { z } from 'zod';
import type { Acting } from '#server/use-cases/acting/acting.ts';
import { findDocumentUrl, toXeroPages } from '#server/use-cases/acting/xero-pages.ts';
import type { XeroDocument } from '#server/xero/documents/document.ts';
import type { DocumentAnswer } from '#shared/contract/document.ts';
import { type Decimal, roundToCurrency } from '#shared/money.ts';

const text = z.string().nullable();

const storedSchema = z.object({
  id: z.string(),
  kind: z.enum(['quote', 'invoice', 'bill']),
  contactId: z.string(),
  number: text,
  reference: text,
  status: z.string(),
  date: text,
  dueDate: text,
  currency: z.string(),
  rate: text,
  subTotal: z.string(),
  totalTax: z.string(),
  total: z.string(),
  amountDue: z.string(),
  // Absent in results of earlier releases.
  amountPaid: text.default(null),
  amountCredited: text.default(null),
  updatedAt: z.string(),
});

/** What is stored of a document as the result of a write: everything except its lines. */
export type StoredDocument = z.infer<typeof storedSchema>;

export function formatStoredDocument(document: StoredDocument): string {
  return JSON.stringify(storedSchema.parse(document));
}

export function parseStoredDocument(result: string): StoredDocument {
  return storedSchema.parse(JSON.parse(result));
}

export function parseCandidates(result: string): StoredDocument[] {
  return z.array(z.string()).parse(JSON.parse(result)).map(parseStoredDocument);
}

export function toDocumentAnswer(
  acting: Pick<Acting, 'deps' | 'connection'>,
  document: StoredDocument | XeroDocument,
): DocumentAnswer {
  const { id, kind, number, reference, status, date, currency } = document;
  const round = (amount: Decimal) => roundToCurrency(amount, currency);
  const amounts = {
    subTotal: round(document.subTotal),
    totalTax: round(document.totalTax),
    total: round(document.total),
    amountDue: round(document.amountDue),
  };
  const url = findDocumentUrl(toXeroPages(acting), { kind, id });
  const fields = { id, number, reference, status, date, currency, ...amounts, url };
  const { dueDate } = document;
  return kind === 'quote' ? { kind, ...fields, expiryDate: dueDate } : { kind, ...fields, dueDate };
}
