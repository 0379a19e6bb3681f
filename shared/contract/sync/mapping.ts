import { z } from 'zod';
import { accountChoiceSchema, taxRateChoiceSchema } from '#shared/contract/choices.ts';
import type { Route } from '#shared/contract/route.ts';
import { trimmedText } from './values.ts';

/** An account that takes payments. */
export const paymentAccountSchema = z.object({
  id: z.guid(),
  code: z.string().nullable(),
  name: z.string(),
  type: z.string(),
  currency: z.string().nullable(),
  bankAccountNumber: z.string().nullable(),
  /** Null where the country has none. */
  sortCode: z.string().nullable(),
});
export type PaymentAccount = z.infer<typeof paymentAccountSchema>;

/** `key` is the CRM's own word. `waiting`: how many records it holds. `proposed` is offered, never used automatically. */
const keyMembers = { key: z.string(), waiting: z.int() };

export const mappingSchema = z.object({
  categories: z.array(z.object({ ...keyMembers, accountCode: z.string().nullable(), proposed: z.string().nullable() })),
  paymentMethods: z.array(z.object({ ...keyMembers, accountId: z.guid().nullable(), proposed: z.guid().nullable() })),
  taxRates: z.array(
    z.object({
      ...keyMembers,
      /** For purchases. */
      taxType: z.string().nullable(),
      salesTaxType: z.string().nullable(),
      proposed: z.string().nullable(),
      proposedSales: z.string().nullable(),
    }),
  ),
  /** The CRM's categories, and the id of Xero's tracking category for each. */
  tracking: z.record(z.string(), z.guid().nullable()),
  defaults: z.object({
    expenseSupplierName: z.string(),
    expenseAccountCode: z.string().nullable(),
    salesAccountCode: z.string().nullable(),
    paymentAccountId: z.guid().nullable(),
    feeAccountCode: z.string().nullable(),
  }),
  /** Empty lists while Xero is not connected. */
  choices: z.object({
    accounts: z.array(accountChoiceSchema),
    paymentAccounts: z.array(paymentAccountSchema),
    taxRates: z.array(taxRateChoiceSchema),
    tracking: z.array(z.object({ id: z.guid(), name: z.string() })),
  }),
});
export type Mapping = z.infer<typeof mappingSchema>;

const keySchema = trimmedText(500).min(1);
const codeSchema = trimmedText(50).min(1).nullable();
const guidSchema = z.guid().toLowerCase().nullable();

/** Null takes a choice away. */
export const mappingChangeSchema = z.strictObject({
  categories: z
    .array(z.strictObject({ key: keySchema, accountCode: codeSchema }))
    .max(2_000)
    .optional(),
  paymentMethods: z
    .array(z.strictObject({ key: keySchema, accountId: guidSchema }))
    .max(2_000)
    .optional(),
  taxRates: z
    .array(z.strictObject({ key: keySchema, taxType: codeSchema.optional(), salesTaxType: codeSchema.optional() }))
    .max(2_000)
    .optional(),
  tracking: z.record(keySchema, guidSchema).optional(),
  defaults: z
    .strictObject({
      /** Null: "Expenses". */
      expenseSupplierName: trimmedText(500).min(1).nullable().optional(),
      expenseAccountCode: codeSchema.optional(),
      salesAccountCode: codeSchema.optional(),
      paymentAccountId: guidSchema.optional(),
      feeAccountCode: codeSchema.optional(),
    })
    .optional(),
});
export type MappingChange = z.output<typeof mappingChangeSchema>;

export const getMappingRoute = {
  method: 'GET',
  path: '/api/sync/mapping',
  summary: 'Which account, tax rate or tracking category stands for which word of the CRM',
  status: 200,
  response: mappingSchema,
} as const satisfies Route;

export const putMappingRoute = {
  method: 'PUT',
  path: '/api/sync/mapping',
  summary: 'Changes the keys that are named; records that waited for them go',
  body: mappingChangeSchema,
  status: 200,
  response: mappingSchema,
} as const satisfies Route;
