import { z } from 'zod';
import type { WriteRow } from '#server/store/store.ts';

/** As the store keeps them. `clientKey` is the form's Idempotency-Key; rows written long ago have this name. */
const storedSchema = z.object({
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

const detailsSchema = storedSchema.transform(({ clientKey, ...rest }) => ({ idempotencyKey: clientKey, ...rest }));

/** What we know of a document's write in addition to its bytes. */
export type WriteDetails = z.infer<typeof detailsSchema>;

export function formatDetails({ idempotencyKey, ...rest }: WriteDetails): string {
  return JSON.stringify({ clientKey: idempotencyKey, ...rest } satisfies z.infer<typeof storedSchema>);
}

export function parseDetails({ details }: Pick<WriteRow, 'details'>): WriteDetails {
  return detailsSchema.parse(JSON.parse(details));
}
