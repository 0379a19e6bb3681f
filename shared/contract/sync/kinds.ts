import { z } from 'zod';
import { putKinds, recordKinds, shownTypes, xeroKinds } from '#shared/sync-kinds.ts';

/** What a record can be in Xero. */
export const xeroKindSchema = z.enum(xeroKinds);

/** What the CRM's backend may hand over. */
export const putKindSchema = z.enum(putKinds);
export type { PutKind, RecordKind, SentKind, XeroKind } from '#shared/sync-kinds.ts';

/** Every kind of record that is synced. */
export const recordKindSchema = z.enum(recordKinds);

/** The record types of a session on one record of sync. */
export const shownTypeSchema = z.enum(shownTypes);
