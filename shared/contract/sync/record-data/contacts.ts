import { z } from 'zod';
import { currencySchema, pageSchema, trimmedText } from '../values.ts';

/** A customer or a supplier. `record` ties it to a contact or company of the CRM that the widget shows. */
export const contactDataSchema = z.strictObject({
  name: trimmedText(500).optional(),
  firstName: trimmedText(500).optional(),
  lastName: trimmedText(500).optional(),
  email: trimmedText(500).optional(),
  phone: trimmedText(500).optional(),
  address: z
    .strictObject({
      line1: trimmedText(500).optional(),
      line2: trimmedText(500).optional(),
      city: trimmedText(500).optional(),
      region: trimmedText(500).optional(),
      postalCode: trimmedText(500).optional(),
      country: trimmedText(500).optional(),
    })
    .optional(),
  taxNumber: trimmedText(500).optional(),
  currency: currencySchema.optional(),
  record: z
    .strictObject({ type: z.enum(['contact', 'company']).optional(), id: trimmedText(200).optional() })
    .optional(),
  url: pageSchema.optional(),
});
