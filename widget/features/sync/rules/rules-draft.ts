import type { BackRule, OutRule, Rules, RulesChange } from '#shared/contract/sync/rules.ts';

/** What the screen changes. Members that are equal to the saved ones are not sent. */
export type RulesDraft = Pick<Rules, 'since' | 'roundingLine' | 'billStatus'> & {
  /** By kind: how its records go to Xero. */
  out: ReadonlyMap<string, OutRule>;
  /** Which bills come from Xero. */
  bills: BackRule | null;
};

export function toDraft({ since, roundingLine, billStatus, kinds }: Rules): RulesDraft {
  return {
    since,
    roundingLine,
    billStatus,
    out: new Map(kinds.flatMap(({ kind, out }) => (out ? [[kind, out]] : []))),
    bills: findBills(kinds),
  };
}

function findBills(kinds: Rules['kinds']): BackRule | null {
  return kinds.find(({ kind }) => kind === 'bills')?.back ?? null;
}

/** The members that differ from what is saved; undefined when none does. */
export function findChange(saved: Rules, draft: RulesDraft): RulesChange | undefined {
  const sent = saved.kinds.flatMap(({ kind, out }) => {
    const wanted = draft.out.get(kind);
    return out && wanted && !isSame(out, wanted) ? [{ kind, out: wanted }] : [];
  });
  const bills = findBills(saved.kinds);
  const isChanged = bills && draft.bills && !isSameBack(bills, draft.bills);
  const kinds = [...sent, ...(isChanged && draft.bills ? [{ kind: 'bills' as const, back: draft.bills }] : [])];
  const change: RulesChange = {
    ...(draft.since !== null && draft.since !== saved.since && { since: draft.since }),
    ...(draft.roundingLine !== saved.roundingLine && { roundingLine: draft.roundingLine }),
    ...(draft.billStatus !== saved.billStatus && { billStatus: draft.billStatus }),
    ...(kinds.length > 0 && { kinds }),
  };
  return Object.keys(change).length > 0 ? change : undefined;
}

function isSame(one: OutRule, other: OutRule): boolean {
  return one.on === other.on && one.new === other.new && one.changes === other.changes;
}

function isSameBack(one: BackRule, other: BackRule): boolean {
  const isSameChoice = one.onlyApproved === other.onlyApproved && one.onlyUnpaid === other.onlyUnpaid;
  return one.on === other.on && one.when === other.when && isSameChoice;
}
