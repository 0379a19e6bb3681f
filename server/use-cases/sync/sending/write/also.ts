import { addDecimals } from '#shared/money.ts';
import type { Follow } from '../../kinds/kind.ts';
import type { Also } from '../../records/record-details.ts';

/**
 * What follows, in its order, with what is known of it from earlier looks. After it come allocations that the record no
 * longer names: they have to be taken back. Other things that it no longer names are left in Xero. The bill of an order
 * stays named, as payments are made on it.
 */
export function mergeAlso(known: readonly Also[], follows: readonly Follow[]): Also[] {
  const left = [...known];
  const named = follows.map((follow) => {
    const at = left.findIndex((one) => isKnownAs(one, follow));
    // A credit may be applied to the same bill several times.
    const [earlier] = at === -1 ? [] : left.splice(at, 1);
    return earlier ? continueWith(earlier, follow) : begin(follow);
  });
  const leaving = left.filter(({ what, content }) => what === 'allocation' && content !== undefined).map(toLeaving);
  return [...named, ...leaving, ...left.filter(({ what, xeroId }) => what === 'bill' && xeroId !== null)];
}

function begin(follow: Follow): Also {
  const { what } = follow;
  const also: Also = { what, state: 'waiting', xeroId: null, xeroUrl: null, name: nameFollow(follow), problem: null };
  return what === 'allocation' ? { ...also, content: contentOf(follow) } : also;
}

function isKnownAs({ what, name, content }: Also, follow: Follow): boolean {
  const isNamed = what === follow.what && name === nameFollow(follow);
  // Another amount or day is another allocation.
  return isNamed && (what !== 'allocation' || content === contentOf(follow));
}

function continueWith(earlier: Also, follow: Follow): Also {
  const { isLeaving, ...kept } = earlier;
  const isNew = kept.content !== undefined && kept.content !== contentOf(follow);
  if (!isLeaving && !isNew) return kept;
  // Whether it was taken back already is seen when it is looked for.
  return { ...kept, state: 'waiting', problem: null, xeroId: isLeaving ? null : kept.xeroId };
}

function toLeaving(one: Also): Also {
  return one.isLeaving ? one : { ...one, isLeaving: true, state: 'waiting', problem: null };
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

/** What may differ in a thing of the same name. */
export function contentOf(follow: Follow): string {
  switch (follow.what) {
    case 'attachment':
      return follow.content;
    case 'allocation':
      return `${addDecimals([follow.amount])} ${follow.date}`;
    case 'group':
    case 'bill':
      return '';
  }
}
