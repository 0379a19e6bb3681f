import type { RecordKind } from '#shared/contract/sync/kinds.ts';
import type { BackRule, KindRule, OutRule, Rules } from '#shared/contract/sync/rules.ts';

const sent: OutRule = { on: true, new: 'automatic', changes: 'automatic' };
const brought: BackRule = { on: true, when: 'automatic' };

/**
 * Which kinds travel in which direction, and how at first. A person looks at changes of an expense, because its bill may
 * be approved already. Only payments come back for invoices. Customer credit notes do not travel.
 */
const firstKinds: readonly KindRule[] = [
  { kind: 'customers', out: sent, back: brought },
  { kind: 'suppliers', out: sent, back: brought },
  { kind: 'items', out: sent, back: brought },
  { kind: 'invoices', out: sent, back: null },
  { kind: 'payments', out: sent, back: brought },
  { kind: 'expenses', out: { ...sent, changes: 'by_hand' }, back: null },
  { kind: 'bills', out: null, back: { ...brought, onlyApproved: true, onlyUnpaid: false } },
  { kind: 'purchase-orders', out: sent, back: null },
  { kind: 'supplier-credits', out: sent, back: brought },
  { kind: 'accounts', out: null, back: brought },
  { kind: 'expense-categories', out: null, back: brought },
  { kind: 'tracking', out: sent, back: brought },
  { kind: 'tax-rates', out: sent, back: brought },
  { kind: 'payment-methods', out: sent, back: brought },
];

/** The rules of an organisation that nobody has chosen any for. Nothing travels until sync is enabled. */
export const firstRules: Rules = {
  enabled: false,
  since: null,
  roundingLine: false,
  importAllContacts: false,
  billStatus: 'approved',
  kinds: [...firstKinds],
};

/** Stored rules, with those of kinds that were added since. */
export function completeKinds(kinds: readonly KindRule[]): KindRule[] {
  const stored = new Map<RecordKind, KindRule>(kinds.map((rule) => [rule.kind, rule]));
  return firstKinds.map((first) => stored.get(first.kind) ?? first);
}
