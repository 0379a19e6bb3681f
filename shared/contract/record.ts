import { z } from 'zod';
import { textSchema } from './text.ts';

export const recordTypeSchema = z.enum(['contact', 'company', 'deal']);

/** A CRM record, with the CRM's own id. */
export const recordKeySchema = z.object({ type: recordTypeSchema, id: textSchema(200).min(1) });
export type RecordKey = z.infer<typeof recordKeySchema>;

export const recordRefSchema = recordKeySchema.extend({ name: z.string() });
export type RecordRef = z.infer<typeof recordRefSchema>;

export const addressSchema = z.object({
  line1: z.string().max(500).optional(),
  line2: z.string().max(500).optional(),
  city: z.string().max(255).optional(),
  region: z.string().max(255).optional(),
  postalCode: z.string().max(50).optional(),
  country: z.string().max(50).optional(),
});
export type Address = z.infer<typeof addressSchema>;

export const rightSchema = z.enum(['view', 'viewBills', 'link', 'quotes', 'invoices', 'bills']);
export type Right = z.infer<typeof rightSchema>;
export const allRights = rightSchema.options;
