import type { documentPaths as contractPaths } from '#shared/contract/document.ts';

/** The contract's own, without its zod; the compiler holds them together. */
export const documentPaths: typeof contractPaths = { quote: 'quotes', invoice: 'invoices', bill: 'bills' };
