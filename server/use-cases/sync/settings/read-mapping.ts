import { z } from 'zod';
import type { Repositories } from '#server/store/store.ts';
import type { SyncPlace } from '#server/sync-place.ts';

/** What stands for the CRM's words. A key is compared without case; the spelling of the first is kept. */
const storedMappingSchema = z.object({
  categories: z.array(z.object({ key: z.string(), accountCode: z.string().nullable() })),
  paymentMethods: z.array(z.object({ key: z.string(), accountId: z.string().nullable() })),
  taxRates: z.array(z.object({ key: z.string(), taxType: z.string().nullable(), salesTaxType: z.string().nullable() })),
  tracking: z.record(z.string(), z.string().nullable()),
  defaults: z.object({
    expenseSupplierName: z.string(),
    expenseAccountCode: z.string().nullable(),
    salesAccountCode: z.string().nullable(),
    paymentAccountId: z.string().nullable(),
    feeAccountCode: z.string().nullable(),
  }),
});
export type StoredMapping = z.infer<typeof storedMappingSchema>;

export const defaultSupplierName = 'Expenses';

const emptyMapping: StoredMapping = {
  categories: [],
  paymentMethods: [],
  taxRates: [],
  tracking: {},
  defaults: {
    expenseSupplierName: defaultSupplierName,
    expenseAccountCode: null,
    salesAccountCode: null,
    paymentAccountId: null,
    feeAccountCode: null,
  },
};

/** The mapping of an organisation. Nothing is mapped until an admin chooses. */
export async function readMapping(
  { syncMapping }: Pick<Repositories, 'syncMapping'>,
  where: SyncPlace,
): Promise<StoredMapping> {
  const stored = await syncMapping.find(where);
  return stored === undefined ? emptyMapping : storedMappingSchema.parse(JSON.parse(stored));
}
