import type { CalendarDate } from '#shared/calendar.ts';
import { type Decimal, roundDecimal } from '#shared/money.ts';
import { parseTypedDate } from '#shared/typed-date.ts';
import { parseTypedNumber } from '#shared/typed-number.ts';
import { gregorian } from '#widget/lib/format.ts';

/** Between what people type and what is meant, in the page's locale. What is written here can be read here. */
export type Typing = {
  readNumber(text: string): Decimal | null;
  /** In a document of this currency: its code and the signs the locale writes for it are understood. */
  readPrice(text: string, currency: string): Decimal | null;
  readDate(text: string): CalendarDate | null;
  /** At least two decimals, at most four. */
  writePrice(amount: Decimal): string;
  writeQuantity(quantity: Decimal): string;
  writeDate(date: CalendarDate): string;
};

export function createTyping(locale: string, today: CalendarDate): Typing {
  const readNumber = (text: string) => parseTypedNumber(text, locale);
  const readDate = (text: string) => parseTypedDate(text, { locale, today });
  const dayFormats = (['short', 'long', 'numeric'] as const).map(
    (month) =>
      new Intl.DateTimeFormat(locale, { ...gregorian, day: 'numeric', month, year: 'numeric', timeZone: 'UTC' }),
  );

  function writeNumber(amount: Decimal, minimumFractionDigits: number) {
    const exact = trim(roundDecimal(amount, 4));
    const options = { minimumFractionDigits, maximumFractionDigits: 4 };
    const texts = [options, { ...options, minimumFractionDigits: 4 }, { ...options, useGrouping: false }].map((how) =>
      formatDecimal(locale, exact, how),
    );
    return texts.find((text) => readNumber(text) === exact) ?? exact;
  }

  return {
    readNumber,
    readPrice: (text, currency) => parseTypedNumber(text, locale, currency),
    readDate,
    writePrice: (amount) => writeNumber(amount, 2),
    writeQuantity: (quantity) => writeNumber(quantity, 0),
    writeDate: (date) => {
      const texts = dayFormats.map((format) => format.format(new Date(`${date}T00:00:00Z`)));
      return texts.find((text) => readDate(text) === date) ?? date;
    },
  };
}

/** Intl formats decimal strings exactly; a number would be rounded to a float first. */
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
