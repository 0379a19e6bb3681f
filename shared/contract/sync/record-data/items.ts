import { z } from 'zod';
import { amountSchema, pageSchema, trimmedText } from '../values.ts';

const sideSchema = z.strictObject({
  unitAmount: amountSchema.optional(),
  category: trimmedText(500).optional(),
  taxRate: trimmedText(500).optional(),
});

export const itemDataSchema = z.strictObject({
  code: trimmedText(500).optional(),
  name: trimmedText(500).optional(),
  description: trimmedText().optional(),
  sales: sideSchema.optional(),
  purchases: sideSchema.optional(),
  url: pageSchema.optional(),
});
