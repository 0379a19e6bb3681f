import type { Opened } from '#shared/contract/session/open.ts';
import { findRecordRights } from '#shared/record-rights.ts';
import { Forbidden } from './forbidden.tsx';
import { forbiddenWords, recordForbiddenWords } from './own-words.ts';

type Props = { opened: Opened; onCheckAgain(): void; isChecking: boolean };

/** A record whose figures, or whose way to Xero, this person may not see. It says which right is missing. */
export function ViewForbidden({ opened, ...checking }: Props) {
  const { type } = opened.record;
  if (type === 'contact' || type === 'company' || type === 'deal')
    return <Forbidden {...forbiddenWords} {...checking} />;
  const { title, text } = recordForbiddenWords;
  return <Forbidden title={title} text={text(listMissing(opened))} {...checking} />;
}

/** An admin has every right, and never comes here. */
function listMissing({ record: { type }, permissions }: Opened): ('view' | 'viewBills')[] {
  // Only the server knows what a payment pays: a bill, where the right to see invoices was not enough.
  if (type === 'payment') return [permissions.includes('view') ? 'viewBills' : 'view'];
  const { toSee } = findRecordRights(`${type}s`, null);
  return (['view', 'viewBills'] as const).filter((right) => toSee.includes(right) && !permissions.includes(right));
}
