import type { RecordSummary } from '#shared/contract/sync/record.ts';
import type { Follow } from '../../kinds/kind.ts';

export type Also = RecordSummary['also'][number];

/** What follows, with what is known of it from earlier looks. A thing that the record no longer names is left out. */
export function mergeAlso(known: readonly Also[], follows: readonly Follow[]): Also[] {
  const left = [...known];
  return follows.map((follow): Also => {
    const name = nameFollow(follow);
    const at = left.findIndex((one) => one.what === follow.what && one.name === name);
    // A credit may be applied to the same bill several times.
    const [earlier] = at === -1 ? [] : left.splice(at, 1);
    return earlier ?? { what: follow.what, state: 'waiting', xeroId: null, xeroUrl: null, name, problem: null };
  });
}

/** Tells two things of one sort apart. */
function nameFollow(follow: Follow): string | null {
  switch (follow.what) {
    case 'attachment':
      return follow.name;
    case 'group':
      return follow.group;
    case 'allocation':
      return `${follow.bill.kind}/${follow.bill.crmId}`;
    case 'bill':
      return null;
  }
}
