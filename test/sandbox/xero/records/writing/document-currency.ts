import { dayRate } from '../exchange.ts';
import type { Organisation } from '../organisation.ts';
import type { Invoice } from '../types.ts';
import type { SentDocument } from './sent.ts';

type Known = Pick<Invoice, 'CurrencyCode' | 'CurrencyRate'>;

/** The organisation's own currency where none is named; the day's rate where no rate is. */
export const currencyOf = ({ baseCurrency }: Organisation, sent: SentDocument, known: Known | undefined): Known => {
  const CurrencyCode = sent.CurrencyCode ?? known?.CurrencyCode ?? baseCurrency;
  if (CurrencyCode === baseCurrency) return { CurrencyCode, CurrencyRate: 1 };
  const kept = CurrencyCode === known?.CurrencyCode ? known.CurrencyRate : undefined;
  return { CurrencyCode, CurrencyRate: sent.CurrencyRate ?? kept ?? dayRate(CurrencyCode, baseCurrency) };
};
