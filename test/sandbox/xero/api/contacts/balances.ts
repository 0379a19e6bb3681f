import { todayIn } from '../../dates.ts';
import { sum } from '../../money.ts';
import type { Organisation } from '../../records/organisation.ts';
import type { Invoice } from '../../records/types.ts';
import type { Balance, ContactDetail } from './contact-wire.ts';

/**
 * `Contact.Balances` as Xero returns it: amounts of all currencies are added without conversion, credit is deducted,
 * and drafts are left out. Absent when nothing was ever posted.
 */
export function toBalances(organisation: Organisation, contactId: string, now: number): ContactDetail['balances'] {
  const { invoices, credits } = organisation.books();
  const posted = [...invoices.values()].filter(
    (invoice) => invoice.contactId === contactId && (invoice.Status === 'AUTHORISED' || invoice.Status === 'PAID'),
  );
  const credit = (isPayable: boolean) =>
    sum(
      [...credits.values()]
        .filter((one) => one.contactId === contactId && /^(ACCPAY|SPEND)/.test(one.Type) === isPayable)
        .map((one) => -one.RemainingCredit),
    );
  if (posted.length === 0) return undefined;
  const today = todayIn(organisation.timezone, now);
  const of = (type: Invoice['Type']) => posted.filter((invoice) => invoice.Type === type);
  return {
    AccountsReceivable: toBalance(of('ACCREC'), credit(false), today),
    AccountsPayable: toBalance(of('ACCPAY'), credit(true), today),
  };
}

function toBalance(invoices: Invoice[], credit: number, today: string): Balance {
  return {
    Outstanding: sum([credit, ...invoices.map(({ AmountDue }) => AmountDue)]),
    Overdue: sum(invoices.filter(({ DueDate }) => (DueDate ?? today) < today).map(({ AmountDue }) => AmountDue)),
  };
}
