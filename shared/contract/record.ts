import { z } from 'zod';
import { putTypes } from '#shared/sync-kinds.ts';
import { textSchema } from './text.ts';

export const recordTypeSchema = z.enum(['contact', 'company', 'deal']);

/** A CRM record, with the CRM's own id. */
export const recordKeySchema = z.object({ type: recordTypeSchema, id: textSchema(200).min(1) });
export type RecordKey = z.infer<typeof recordKeySchema>;

/** Whatever a write or an act can be about: a record that the widget shows, or one that is synced with Xero. */
export const anyRecordTypeSchema = z.enum([...recordTypeSchema.options, ...putTypes]);
export type AnyRecordKey = { type: z.infer<typeof anyRecordTypeSchema>; id: string };

export function isWidgetRecord(record: AnyRecordKey): record is RecordKey {
  return recordTypeSchema.safeParse(record.type).success;
}

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
