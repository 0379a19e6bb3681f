import type { RecordQuestion } from '#shared/contract/sync/record.ts';
import { compareDecimals } from '#shared/money.ts';
import { questionWords } from './question-words.ts';

type Question = Omit<RecordQuestion, 'id'>;
type Differences = RecordQuestion['differences'];
type Choice = RecordQuestion['choices'][number];

/** A record as Xero has it. */
type Twin = { id: string; number: string | null; name: string | null; status: string | null };

/** Xero takes no change and no removal: the document was paid or credited, or the payment is reconciled. */
export function askPaid(
  reason: 'change' | 'removal' | 'is_reconciled',
  { number, differences = [] }: { number: string | null; differences?: Differences },
): Question {
  const { message, keepXero } = questionWords.hasPayments;
  const choices = [toChoice('keep_xero', keepXero, { best: true }), leaveOut()];
  return { code: 'has_payments', message: message[reason](number), waitsFor: 'user', differences, choices };
}

/** `rest`: what of the payment is more than what is due. */
export function askExceedsDue(payment: {
  amount: string;
  due: string;
  rest: string;
  document: string | null;
}): Question {
  const { amount, due, rest } = payment;
  const { message, sendDue, unnumbered } = questionWords.exceedsDue;
  const isDue = compareDecimals(due, '0') > 0;
  return {
    code: 'exceeds_due',
    message: message(amount, due, payment.document ?? unnumbered),
    waitsFor: 'admin',
    differences: [{ field: 'amount', crm: amount, xero: due }],
    choices: [...(isDue ? [toChoice('send_due', sendDue(due, rest), { best: true })] : []), leaveOut({ best: !isDue })],
  };
}

/** Somebody changed it in Xero, and the CRM has another version. */
export function askEdited(differences: Differences): Question {
  const { message, keepXero, sendCrm } = questionWords.editedBoth;
  const choices = [toChoice('keep_xero', keepXero), toChoice('send_crm', sendCrm)];
  return { code: 'edited_both', message, waitsFor: 'user', differences, choices };
}

/** Deleted, voided or archived in Xero, though the CRM still has it. */
export function askGone(twin: Twin | undefined, canRestore: boolean): Question {
  const { message, makeAgain, restore } = questionWords.goneInXero;
  const again = canRestore ? toChoice('restore', restore) : toChoice('make_again', makeAgain);
  const differences = [{ field: 'status', crm: null, xero: twin?.status ?? 'DELETED' }];
  return {
    ...{ code: 'gone_in_xero', message: message(twin?.status ?? null), waitsFor: 'user', differences },
    choices: [again, leaveOut()],
  };
}

/** Another document in Xero has its number. With the same content it is probably this one. */
export function askNumber(found: Twin, differences: Differences): Question {
  const { message, thisRecord, adopt } = questionWords.numberTaken;
  const isSame = differences.length === 0;
  return {
    ...{ code: 'number_taken', message: message(found.number || thisRecord, isSame), waitsFor: 'user', differences },
    choices: [toChoice('adopt', adopt, { best: isSame }), leaveOut()],
  };
}

/** Contacts in Xero whose name is similar. None is made while this is open. */
export function askNear(name: string, near: readonly { id: string; name: string }[]): Question {
  const { message, use, create } = questionWords.nearName;
  const choices = near.slice(0, 20).map((one) => toChoice(`use:${one.id}`, use(one.name), { forAll: false }));
  return {
    ...{ code: 'near_name', message: message(name), waitsFor: 'user', differences: [] },
    choices: [...choices, toChoice('create', create(name), { forAll: false })],
  };
}

/** Xero keeps names of active contacts unique, so that another one of this name cannot be added. */
export function askSameName(found: Twin, differences: Differences): Question {
  const { sameName, use } = questionWords.nearName;
  const name = found.name ?? '';
  return {
    ...{ code: 'near_name', message: sameName(name), waitsFor: 'user', differences },
    choices: [toChoice(`use:${found.id}`, use(name), { forAll: false }), leaveOut()],
  };
}

/** An answer was lost, and more than one document could be the one that was sent. */
export function askSeveral(found: readonly Twin[]): Question {
  const { message, adopt, send } = questionWords.severalFound;
  const choices = found
    .slice(0, 20)
    .map((one) => toChoice(`adopt:${one.id}`, adopt(one.number ?? one.id), { forAll: false }));
  return {
    ...{ code: 'several_found', message, waitsFor: 'admin', differences: [] },
    choices: [...choices, toChoice('send', send, { forAll: false })],
  };
}

function toChoice(id: string, words: Pick<Choice, 'label' | 'effect'>, more: Partial<Choice> = {}): Choice {
  return { id, ...words, best: false, forAll: true, parts: null, ...more };
}

function leaveOut(more: Partial<Choice> = {}): Choice {
  return toChoice('leave_out', questionWords.leaveOut, more);
}
