import { z } from 'zod';
import type { WriteRow } from '#server/store/store.ts';

const detailsSchema = z.object({
  /** The form's own Idempotency-Key. */
  clientKey: z.string(),
  contactId: z.string(),
  currency: z.string(),
  number: z.string().nullable(),
  /** What we computed; null where something was left to Xero. */
  previewTotal: z.string().nullable(),
  fromDealLines: z.array(z.number()),
  /** Xero's clock before it was sent first, an instant: what it left has changed later. */
  since: z.string(),
  /** Of the app that it is sent by; Xero can name the documents of one app. */
  clientId: z.string().optional(),
  /** The text of the history note. */
  note: z.string(),
  isToBeEmailed: z.boolean(),
  /** The quote an invoice was converted from: id and date. */
  quote: z.object({ id: z.string(), date: z.string().nullable() }).nullable(),
});

/** What we know of a document's write beside its bytes. */
export type DocumentDetails = z.infer<typeof detailsSchema>;

export function parseDetails({ details }: Pick<WriteRow, 'details'>): DocumentDetails {
  return detailsSchema.parse(JSON.parse(details));
}
