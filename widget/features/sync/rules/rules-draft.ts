import type { OutRule, Rules, RulesChange } from '#shared/contract/sync/rules.ts';

/** What the screen changes. Members that are equal to the saved ones are not sent. */
export type RulesDraft = Pick<Rules, 'since' | 'roundingLine' | 'billStatus'> & {
  /** By kind: how its records go to Xero. */
  out: ReadonlyMap<string, OutRule>;
};

export function toDraft({ since, roundingLine, billStatus, kinds }: Rules): RulesDraft {
  return {
    since,
    roundingLine,
    billStatus,
    out: new Map(kinds.flatMap(({ kind, out }) => (out ? [[kind, out]] : []))),
  };
}

/** The members that differ from what is saved; undefined when none does. */
export function findChange(saved: Rules, draft: RulesDraft): RulesChange | undefined {
  const kinds = saved.kinds.flatMap(({ kind, out }) => {
    const wanted = draft.out.get(kind);
    return out && wanted && !isSame(out, wanted) ? [{ kind, out: wanted }] : [];
  });
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
