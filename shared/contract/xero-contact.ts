import { z } from 'zod';
import { linkSchema } from './text.ts';

/** A Xero contact. `url` opens it in Xero; null until the organisation's short code is known. */
export const contactRefSchema = z.object({ id: z.guid(), name: z.string(), url: linkSchema.nullable() });
export type ContactRef = z.infer<typeof contactRefSchema>;

/** A Xero contact as shown in search and suggestions. */
export const xeroContactSchema = contactRefSchema.extend({
  email: z.string().nullable(),
  accountNumber: z.string().nullable(),
});
export type XeroContact = z.infer<typeof xeroContactSchema>;
