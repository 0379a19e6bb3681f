import { z } from 'zod';
import { amountSchema, daySchema, documentMembers, partySchema, recordRefOf, trimmedText } from '../values.ts';

/** `bill` says what the bill of a finished order is called and when it is due. */
export const purchaseOrderDataSchema = z.strictObject({
  ...documentMembers,
  supplier: partySchema.optional(),
  deliveryDate: daySchema.optional(),
  status: z.enum(['open', 'finished', 'void']).optional(),
  bill: z
    .strictObject({ number: trimmedText(255).optional(), date: daySchema.optional(), dueDate: daySchema.optional() })
    .optional(),
});

/** `applied`: what of it is set against which bill. */
export const supplierCreditDataSchema = z.strictObject({
  ...documentMembers,
  supplier: partySchema.optional(),
  applied: z
    .array(
      z.strictObject({
        bill: recordRefOf('expenses', 'purchase-orders').optional(),
        amount: amountSchema.optional(),
        date: daySchema.optional(),
      }),
    )
    .max(200)
    .optional(),
});
