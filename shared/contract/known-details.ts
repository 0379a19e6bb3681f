import { z } from 'zod';
import { addressSchema } from './record.ts';

/** What the CRM knows about a person or company; fills in a new Xero contact. */
export const knownDetailsSchema = z.object({
  name: z.string(),
  firstName: z.string().optional(),
  lastName: z.string().optional(),
  email: z.string().optional(),
  phone: z.string().optional(),
  address: addressSchema.optional(),
});
export type KnownDetails = z.infer<typeof knownDetailsSchema>;
