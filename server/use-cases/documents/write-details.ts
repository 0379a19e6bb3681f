import { z } from 'zod';
import type { WriteRow } from '#server/store/store.ts';

/** As the store keeps them. `clientKey` is the form's Idempotency-Key; rows written long ago have this name. */
const storedSchema = z.object({
  clientKey: z.string(),
  contactId: z.string(),
  currency: z.string(),
  number: z.string().nullable(),
  /** The total that we computed; null when something was left to Xero. */
  previewTotal: z.string().nullable(),
  fromDealLines: z.array(z.number()),
  /** An instant by Xero's clock before the first sending. Anything the write made has changed since. */
  since: z.string(),
  /** The app that sends it. Xero can list the documents made by one app. */
  clientId: z.string().optional(),
  /** The text of the history note. */
  note: z.string(),
  isToBeEmailed: z.boolean(),
  /** The quote that an invoice was converted from: id and date. */
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
