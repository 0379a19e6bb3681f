/** A currency's code and the signs that a locale writes for it: `ZAR` and `R`, `PLN` and `zł`. */
export function listCurrencyMarks(currency: string, locale: string): string[] {
  const displays = ['symbol', 'narrowSymbol'] as const;
  const parts = displays.flatMap((currencyDisplay) =>
    new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay }).formatToParts(1),
  );
  const signs = parts.filter(({ type }) => type === 'currency').map(({ value }) => value);
  return [...new Set([currency, ...signs])];
}
