import { AppError } from '#shared/app-error.ts';
import type { View } from '#shared/contract/view.ts';
import { roundToCurrency } from '#shared/money.ts';
import { listNamedRecords } from '../session.ts';
import { readFigures, type Viewing } from './figures.ts';
import { findDealContact } from './find-deal-contact.ts';

/** The deal's value beside what was quoted, invoiced and paid in the documents chosen for it. */
export async function viewDeal(viewing: Viewing): Promise<View> {
  const { claims } = viewing.actor.session;
  if (!('deal' in claims)) throw new AppError('token_invalid', { detail: 'The claim deal is missing' });
  const { currency } = claims.deal;
  const { figures } = await readFigures(viewing, []);
  const money = (amount: string) => ({ currency, amount: roundToCurrency(amount, currency) });
  const stage = () => ({ amount: money('0'), others: [] });
  const value = money(claims.deal.value);
  const bar = { value, quoted: stage(), invoiced: stage(), paid: stage(), notYetInvoiced: value };
  const contact = await findDealContact(viewing, listNamedRecords(viewing.actor.session));
  return { status: 'deal', bar, chosen: [], contact, ...figures };
}
