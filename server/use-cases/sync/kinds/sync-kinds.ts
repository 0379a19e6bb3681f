import type { PutKind } from '#shared/contract/sync/kinds.ts';
import { customers, suppliers } from './contacts.ts';
import { expenses } from './expenses.ts';
import type { SyncKind } from './kind.ts';

/** The kinds that are sent to Xero. */
export const syncKinds: { readonly [Kind in PutKind]?: SyncKind<Kind> } = { customers, suppliers, expenses };
