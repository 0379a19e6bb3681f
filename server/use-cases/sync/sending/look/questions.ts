import { createHash } from 'node:crypto';
import type { RecordQuestion } from '#shared/contract/sync/record.ts';
import type { KindQuestion, KindTwin } from '../../kinds/kind.ts';
import type { RecordVersion } from '../../records/decide-record.ts';
import type { Memory } from '../../records/memory.ts';
import { questionWords } from '../words.ts';

type Choice = RecordQuestion['choices'][number];
type Differences = RecordQuestion['differences'];

/**
 * Names a question by what it is about, so that an answer counts for exactly this question: with other differences or
 * other choices it is another question.
 */
export function nameQuestion(
  { kind, crmId }: Pick<RecordVersion, 'kind' | 'crmId'>,
  asked: KindQuestion,
): RecordQuestion {
  const about = JSON.stringify([kind, crmId, asked.code, asked.differences, asked.choices.map(({ id }) => id)]);
  return { id: `q_${createHash('sha256').update(about).digest('base64url').slice(0, 16)}`, ...asked };
}

/** What a person chose for this question; undefined when nobody answered it yet. */
export function findAnswer({ answer }: Memory, { id }: RecordQuestion): string | undefined {
  return answer?.about === id ? answer.choice : undefined;
}

function toChoice(id: string, words: { label: string; effect: string }, more: Partial<Choice> = {}): Choice {
  return { id, ...words, best: false, forAll: true, parts: null, ...more };
}

const leaveOut = toChoice('leave_out', questionWords.leaveOut);

/** Somebody changed it in Xero, and the CRM has another version. */
export function askEdited(differences: Differences): KindQuestion {
  const { message, keepXero, sendCrm } = questionWords.editedBoth;
  const choices = [toChoice('keep_xero', keepXero), toChoice('send_crm', sendCrm)];
  return { code: 'edited_both', message, waitsFor: 'user', differences, choices };
}

/** Xero takes no change: the document was paid or credited, or the payment is reconciled. */
export function askPaid(
  differences: Differences,
  { reason, number }: { reason: 'has_payments' | 'is_reconciled'; number: string | null },
): KindQuestion {
  const { message, keepXero } = questionWords.hasPayments;
  const choices = [toChoice('keep_xero', keepXero, { best: true }), leaveOut];
  return { code: 'has_payments', message: message[reason](number), waitsFor: 'user', differences, choices };
}

/** Deleted, voided or archived in Xero, though the CRM still has it. */
export function askGone(twin: KindTwin | undefined, canRestore: boolean): KindQuestion {
  const { message, makeAgain, restore } = questionWords.goneInXero;
  const again = canRestore ? toChoice('restore', restore) : toChoice('make_again', makeAgain);
  const differences = [{ field: 'status', crm: null, xero: twin?.status ?? 'DELETED' }];
  return {
    ...{ code: 'gone_in_xero', message: message(twin?.status ?? null), waitsFor: 'user', differences },
    choices: [again, leaveOut],
  };
}

/** Another document in Xero has its number. With the same content it is probably this one. */
export function askNumber(found: KindTwin, differences: Differences): KindQuestion {
  const { message, adopt } = questionWords.numberTaken;
  const isSame = differences.length === 0;
  return {
    ...{ code: 'number_taken', message: message(found.number ?? '', isSame), waitsFor: 'user', differences },
    choices: [toChoice('adopt', adopt, { best: isSame }), leaveOut],
  };
}

/** Contacts in Xero whose name is similar. None is made while this is open. */
export function askNear(name: string, near: readonly { id: string; name: string }[]): KindQuestion {
  const { message, use, create } = questionWords.nearName;
  const choices = near.slice(0, 20).map((one) => toChoice(`use:${one.id}`, use(one.name), { forAll: false }));
  return {
    ...{ code: 'near_name', message: message(name), waitsFor: 'user', differences: [] },
    choices: [...choices, toChoice('create', create(name), { forAll: false })],
  };
}

/** Xero keeps names of active contacts unique, so that another one of this name cannot be added. */
export function askSameName(found: KindTwin, differences: Differences): KindQuestion {
  const { sameName, use } = questionWords.nearName;
  const name = found.name ?? '';
  return {
    ...{ code: 'near_name', message: sameName(name), waitsFor: 'user', differences },
    choices: [toChoice(`use:${found.id}`, use(name), { forAll: false }), leaveOut],
  };
}

/** An answer was lost, and more than one document could be the one that was sent. */
export function askSeveral(found: readonly KindTwin[]): KindQuestion {
  const { message, adopt, send } = questionWords.severalFound;
  const choices = found
    .slice(0, 20)
    .map((one) => toChoice(`adopt:${one.id}`, adopt(one.number ?? one.id), { forAll: false }));
  return {
    ...{ code: 'several_found', message, waitsFor: 'admin', differences: [] },
    choices: [...choices, toChoice('send', send, { forAll: false })],
  };
}
