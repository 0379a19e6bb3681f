import type { RecordQuestion } from '#shared/contract/sync/record.ts';
import { compareDecimals } from '#shared/money.ts';

export type Question = Omit<RecordQuestion, 'id'>;
type Choice = RecordQuestion['choices'][number];
type Difference = RecordQuestion['differences'][number];
type Contact = { id: string; name: string };

/** A choice that is not the best one and can be made for one record only, unless said otherwise. */
function choice(id: string, label: string, effect: string, more: Partial<Choice> = {}): Choice {
  return { id, label, effect, best: false, forAll: false, parts: null, ...more };
}

function leaveOut(more: Partial<Choice> = {}): Choice {
  return choice('leave_out', 'Leave it out', 'Nothing is sent.', { forAll: true, ...more });
}

/** Contacts in Xero whose name is nearly the same, the likeliest first. */
export function askNearName(name: string, contacts: readonly Contact[]): Question {
  const [first, ...others] = contacts;
  const named = others.length === 0 ? `'${first?.name ?? ''}'` : `${contacts.length} contacts with a similar name`;
  return {
    code: 'near_name',
    message: `Xero has no contact '${name}', but it has ${named}.`,
    waitsFor: 'user',
    differences: [],
    choices: [
      ...contacts.map((contact, place) =>
        choice(`use:${contact.id}`, `Use '${contact.name}'`, 'No new contact is made.', { best: place === 0 }),
      ),
      choice('create', `Create '${name}'`, 'A new contact is made in Xero.', { forAll: true }),
    ],
  };
}

/** `differences`: empty where the document in Xero has the same content. */
export function askNumberTaken(number: string, differences: readonly Difference[]): Question {
  const isSame = differences.length === 0;
  const content = isSame ? 'the same content' : 'other content';
  return {
    code: 'number_taken',
    message: `${number} is in Xero already, with ${content}.`,
    waitsFor: 'user',
    differences: [...differences],
    choices: [
      choice('adopt', `It is this one`, isSame ? 'Nothing is sent.' : "Xero's document is tied to this record.", {
        best: isSame,
        forAll: true,
      }),
      leaveOut({ best: !isSame }),
    ],
  };
}

export function askEditedBoth(number: string | null, differences: readonly Difference[]): Question {
  return {
    code: 'edited_both',
    message: `${number ?? 'It'} was changed in Xero and in the CRM.`,
    waitsFor: 'user',
    differences: [...differences],
    choices: [
      choice('keep_xero', "Keep Xero's", 'The change of the CRM is not sent.', { forAll: true }),
      choice('send_crm', "Send the CRM's", "Xero's version is overwritten.", { forAll: true }),
    ],
  };
}

/** A paid document cannot be changed or removed. */
export function askPayments(
  number: string | null,
  wanted: 'change' | 'removal',
  differences: readonly Difference[] = [],
): Question {
  const verb = wanted === 'change' ? 'changed' : 'removed';
  return {
    code: 'has_payments',
    message: `${number ?? 'It'} has payments or credits in Xero, so it cannot be ${verb}. It is tried again when they are gone.`,
    waitsFor: 'user',
    differences: [...differences],
    choices: [choice('keep_xero', "Keep Xero's", 'Xero stays as it is.', { best: true, forAll: true }), leaveOut()],
  };
}

/** `name`: of a contact, which can be restored. Other records can be made again. */
export function askGone(what: { number: string | null } | { name: string }): Question {
  const isContact = 'name' in what;
  const named = isContact ? what.name : (what.number ?? 'It');
  const first = isContact
    ? choice('restore', 'Restore it', 'The contact is active in Xero again.', { forAll: true })
    : choice('make_again', 'Make it again', 'A new one is made in Xero.', { forAll: true });
  return {
    code: 'gone_in_xero',
    message: isContact ? `${named} is archived in Xero.` : `${named} is no longer in Xero.`,
    waitsFor: 'user',
    differences: [],
    choices: [first, leaveOut()],
  };
}

/** `rest`: what of the payment is more than what is due. */
export function askExceedsDue(payment: { amount: string; due: string; rest: string; document: string }): Question {
  const { amount, due, rest, document } = payment;
  const isDue = compareDecimals(due, '0') > 0;
  return {
    code: 'exceeds_due',
    message: `${amount} is more than the ${due} still due on ${document}.`,
    waitsFor: 'admin',
    differences: [{ field: 'amount', crm: amount, xero: due }],
    choices: [
      ...(isDue ? [choice('send_due', `Send ${due}`, `${rest} stays in the CRM.`, { best: true, forAll: true })] : []),
      leaveOut({ best: !isDue }),
    ],
  };
}

/** An answer of Xero was lost, and more than one document may be the one that was sent. */
export function askSeveralFound(found: readonly { id: string; name: string }[]): Question {
  return {
    code: 'several_found',
    message: `Xero did not answer, and ${found.length} documents there may be this one.`,
    waitsFor: 'admin',
    differences: [],
    choices: [
      ...found.map(({ id, name }) => choice(`adopt:${id}`, `It is ${name}`, 'Nothing is sent.')),
      choice('send', 'It is none of them', 'It is sent again.'),
    ],
  };
}
