import type { TotalRule } from '#shared/explain-total.ts';

/** Where a difference of totals comes from. */
export const totalRuleWords: { [Rule in TotalRule]: string } = {
  tax_left_out: 'The total has no tax on top. Say whether the prices include tax.',
  prices_exclude_tax: 'The total is right if the prices do not include tax.',
  tax_of_document: 'The CRM rounds the tax once for all lines. Xero rounds it on each line.',
  lines_unrounded: 'The CRM adds up lines that are not rounded. Xero rounds each line.',
  prices_of_two_decimals: 'The CRM rounds prices to two decimals. Xero takes four.',
  tax_of_unit: 'The CRM rounds the tax of one piece. Xero rounds the tax of the line.',
  tax_rounded_down: 'The CRM rounds tax down. Xero rounds halves up.',
  tax_rounded_to_even: 'The CRM rounds halves of tax to the even cent. Xero rounds them up.',
};
