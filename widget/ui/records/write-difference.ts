import { isCalendarDate } from '#shared/calendar.ts';
import type { Format } from '#widget/lib/format.ts';

const amountField = /(amount|total)$/i;
const decimal = /^-?\d+(\.\d+)?$/;

/** A value of a field as a person reads it: days in words, amounts with two decimals at least, all else as it is. */
export function writeDifference(field: string, value: string, format: Pick<Format, 'day' | 'amount'>): string {
  if (isCalendarDate(value)) return format.day(value);
  return amountField.test(field) && decimal.test(value) ? format.amount(withCents(value)) : value;
}

function withCents(amount: string): string {
  const [whole = '', fraction = ''] = amount.split('.');
  return `${whole}.${fraction.padEnd(2, '0')}`;
}
