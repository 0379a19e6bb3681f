import type { CalendarDate } from '#shared/calendar.ts';
import { type Decimal, roundDecimal } from '#shared/money.ts';
import { parseTypedNumber } from '#shared/typing/typed-number.ts';
import { createTypedDates, type TypedDates } from '#widget/lib/typed-dates.ts';

/** Reads and writes numbers in the page's locale. What it writes it can read. */
export type Typing = TypedDates & {
  readNumber(text: string): Decimal | null;
  /** Reads a price. It accepts the code and the locale's signs of the document's currency. */
  readPrice(text: string, currency: string): Decimal | null;
  /** At least two decimals, at most four. */
  writePrice(amount: Decimal): string;
  writeQuantity(quantity: Decimal): string;
};

export function createTyping(locale: string, today: CalendarDate): Typing {
  const readNumber = (text: string) => parseTypedNumber(text, locale);

  function writeNumber(amount: Decimal, minimumFractionDigits: number) {
    const exact = trim(roundDecimal(amount, 4));
    const options = { minimumFractionDigits, maximumFractionDigits: 4 };
    const texts = [options, { ...options, minimumFractionDigits: 4 }, { ...options, useGrouping: false }].map((how) =>
      formatDecimal(locale, exact, how),
    );
    return texts.find((text) => readNumber(text) === exact) ?? exact;
  }

  return {
    ...createTypedDates(locale, today),
    readNumber,
    readPrice: (text, currency) => parseTypedNumber(text, locale, currency),
    writePrice: (amount) => writeNumber(amount, 2),
    writeQuantity: (quantity) => writeNumber(quantity, 0),
  };
}

/** Intl formats decimal strings exactly. A number would be rounded to a float first. */
function formatDecimal(locale: string, amount: Decimal, options: Intl.NumberFormatOptions): string {
  const format = new Intl.NumberFormat(locale, options);
  return isDecimalText(amount) ? format.format(amount) : amount;
}

function isDecimalText(text: string): text is `${number}` {
  return /^-?\d+(\.\d+)?$/.test(text);
}

function trim(amount: Decimal): Decimal {
  return amount.includes('.') ? amount.replace(/\.?0+$/, '') : amount;
}
