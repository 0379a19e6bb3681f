import type { CalendarDate } from '#shared/calendar.ts';
import type { Money } from '#shared/money.ts';

/** Amounts, counts and dates as the page's locale writes them. Decimals never pass through a float. */
export type Format = {
  /** The page's locale, or English if Intl does not know it. */
  locale: string;
  /** `AUD 12,480.00`, with the amount's own decimals. */
  money(money: Money): string;
  /** Without currency, with the amount's own decimals. */
  amount(amount: string): string;
  /** Without currency. Exact below a thousand, no decimals above, short from six digits on (`1.23M`). */
  rounded(amount: string): string;
  count(count: number): string;
  /** `4 Dec`, with the year if it is another one. */
  day(date: CalendarDate): string;
  /** As `day`, for an instant in the viewer's time zone. */
  dayOf(instant: string | Date): string;
  /** `14:02`, with the day if it is not today, and the year if it is another one. */
  moment(instant: string | Date): string;
  now(): Date;
};

/** The calendar of every screen is Xero's. Another calendar would show other dates than Xero. */
export const gregorian = { calendar: 'gregory' } as const;

export function createFormat(wanted: string, now: () => Date): Format {
  const locale = supportedLocale(wanted);
  const integers = new Intl.NumberFormat(locale, { maximumFractionDigits: 0 });
  const short = new Intl.NumberFormat(locale, { notation: 'compact', maximumSignificantDigits: 3 });
  const time = { hour: 'numeric', minute: '2-digit' } as const;
  return {
    locale,
    money: ({ currency, amount }) => `${currency} ${formatDecimal(locale, amount)}`,
    amount: (amount) => formatDecimal(locale, amount),
    rounded: (amount) =>
      /^-?\d{1,3}(\.|$)/.test(amount)
        ? formatDecimal(locale, amount)
        : formatExact(/^-?\d{6}/.test(amount) ? short : integers, amount),
    count: (count) => integers.format(count),
    day: (date) => formatDay(locale, date, now()),
    dayOf: (instant) => formatLocalDay(locale, new Date(instant), now()),
    moment: (instant) => {
      const date = new Date(instant);
      const isToday = date.toDateString() === now().toDateString();
      return isToday ? formatDate(locale, date, time) : formatLocalDay(locale, date, now(), time);
    },
    now,
  };
}

function supportedLocale(wanted: string): string {
  try {
    return Intl.NumberFormat.supportedLocalesOf(wanted)[0] ?? 'en';
  } catch {
    return 'en';
  }
}

function formatDecimal(locale: string, amount: string): string {
  const digits = amount.split('.')[1]?.length ?? 0;
  return formatExact(
    new Intl.NumberFormat(locale, { minimumFractionDigits: digits, maximumFractionDigits: digits }),
    amount,
  );
}

/** Intl formats decimal strings exactly. Numbers would be rounded to a float first. */
function formatExact(format: Intl.NumberFormat, amount: string): string {
  return isDecimalText(amount) ? format.format(amount) : amount;
}

function isDecimalText(text: string): text is `${number}` {
  return /^-?\d+(\.\d+)?$/.test(text);
}

/** A calendar date is formatted in UTC, so that no time zone can shift it. */
function formatDay(locale: string, date: CalendarDate, now: Date): string {
  const options = { ...dayOptions(Number(date.slice(0, 4)), now), timeZone: 'UTC' } as const;
  return formatDate(locale, new Date(`${date}T00:00:00Z`), options);
}

function formatLocalDay(locale: string, date: Date, now: Date, time: Intl.DateTimeFormatOptions = {}): string {
  return formatDate(locale, date, { ...dayOptions(date.getFullYear(), now), ...time });
}

function dayOptions(year: number, now: Date): Intl.DateTimeFormatOptions {
  return { day: 'numeric', month: 'short', ...(year !== now.getFullYear() && { year: 'numeric' }) };
}

function formatDate(locale: string, date: Date, options: Intl.DateTimeFormatOptions): string {
  return new Intl.DateTimeFormat(locale, { ...gregorian, ...options }).format(date);
}
