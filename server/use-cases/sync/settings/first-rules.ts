import type { RecordKind } from '#shared/contract/sync/kinds.ts';
import type { BackRule, KindRule, OutRule, Rules } from '#shared/contract/sync/rules.ts';

const sent: OutRule = { on: true, new: 'automatic', changes: 'automatic' };
const brought: BackRule = { on: true, when: 'automatic' };

/**
 * Which kinds are synced in which direction, and how at first. A person looks at changes of an expense, because its bill may
 * be approved already. Only payments come back for invoices. Customer credit notes are not sent.
 */
const firstKinds: { readonly [Kind in Exclude<RecordKind, 'customer-credits'>]: Omit<KindRule, 'kind'> } = {
  customers: { out: sent, back: brought },
  suppliers: { out: sent, back: brought },
  items: { out: sent, back: brought },
  invoices: { out: sent, back: null },
  payments: { out: sent, back: brought },
  expenses: { out: { ...sent, changes: 'by_hand' }, back: null },
  bills: { out: null, back: { ...brought, onlyApproved: true, onlyUnpaid: false } },
  'purchase-orders': { out: sent, back: null },
  'supplier-credits': { out: sent, back: brought },
  accounts: { out: null, back: brought },
  'expense-categories': { out: null, back: brought },
  tracking: { out: sent, back: brought },
  'tax-rates': { out: sent, back: brought },
  'payment-methods': { out: sent, back: brought },
};

/** In the order in which the screen of the rules has them. */
const firstRulesOfKinds = Object.keys(firstKinds)
  .filter(isRuled)
  .map((kind): KindRule => ({ kind, ...firstKinds[kind] }));

function isRuled(kind: string): kind is keyof typeof firstKinds {
  return Object.hasOwn(firstKinds, kind);
}

/** The rules of an organisation that nobody has chosen any for. Nothing is sent until sync is enabled. */
export const firstRules: Rules = {
  enabled: false,
  since: null,
  roundingLine: false,
  importAllContacts: false,
  billStatus: 'approved',
  kinds: [...firstRulesOfKinds],
};

/** Stored rules, with those of kinds that were added since. */
export function completeKinds(kinds: readonly KindRule[]): KindRule[] {
  const stored = new Map<RecordKind, KindRule>(kinds.map((rule) => [rule.kind, rule]));
  return firstRulesOfKinds.map((first) => stored.get(first.kind) ?? first);
}
