import type { KindFacts, KindTwin } from '../kind.ts';

/** How far a document has come. Only payments set PAID. */
const steps: Readonly<Record<string, number>> = { DRAFT: 0, SUBMITTED: 1, AUTHORISED: 2, PAID: 2, BILLED: 3 };

/** Whether Xero has the document at least as far as the status that is wanted. Approving it there is no edit. */
export function hasReached(held: string | null, wanted: string): boolean {
  const [from, to] = [steps[held ?? ''], steps[wanted]];
  return from !== undefined && to !== undefined && from >= to;
}

/** The document in Xero. One that is void or deleted stays so: another is made in its place. */
export function findLive({ twin }: Pick<KindFacts, 'twin'>): KindTwin | undefined {
  return twin && isRemoved(twin) ? undefined : twin;
}

export function isRemoved({ status }: Pick<KindTwin, 'status'>): boolean {
  return status === 'VOIDED' || status === 'DELETED';
}

/** An update leaves the status out where Xero has reached it, as Xero takes none back. */
export function toStatusMember(wanted: string, facts: Pick<KindFacts, 'twin'>): string | undefined {
  const live = findLive(facts);
  return live && hasReached(live.status, wanted) ? undefined : wanted;
}
