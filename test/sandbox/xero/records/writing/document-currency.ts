import { dayRate } from '../exchange.ts';
import type { Organisation } from '../organisation.ts';
import type { Invoice } from '../types.ts';
import type { SentDocument } from './sent.ts';

type Known = Pick<Invoice, 'CurrencyCode' | 'CurrencyRate'>;

/** By default, the organisation's own currency and the day's rate. */
export function currencyOf({ baseCurrency }: Organisation, sent: SentDocument, known: Known | undefined): Known {
  const CurrencyCode = sent.CurrencyCode ?? known?.CurrencyCode ?? baseCurrency;
  if (CurrencyCode === baseCurrency) return { CurrencyCode, CurrencyRate: 1 };
  const kept = CurrencyCode === known?.CurrencyCode ? known.CurrencyRate : undefined;
  return { CurrencyCode, CurrencyRate: sent.CurrencyRate ?? kept ?? dayRate(CurrencyCode, baseCurrency) };
}
