import { listPartOrder } from './date-words.ts';

/** How people of a locale write dates in numbers, as far as it can be told. */
export type DateHabits = {
  /** `2026-12-04` */
  isYearFirst: boolean;
  /** What comes first where no year is written; null where both are usual. */
  firstWithoutYear: 'day' | 'month' | null;
  /** What comes first where the year is written last; null where both are usual, or nobody writes so. */
  firstBeforeYear: 'day' | 'month' | null;
  /** Years are also counted otherwise, so that `69` may be 2569 of the Buddhist era. */
  hasOtherYears: boolean;
  /** Months also begin on other days, so that `9/13` may be the 13th of Azar. */
  hasOtherMonths: boolean;
};

/** Canadians write `04/12/2026` for both days. Source: CAN/CSA-Z234.4, which therefore asks for year, month, day. */
const bothOrders = ['CA'];

/** Everyday calendars beside the Gregorian one: CLDR's preferences, and Bikram Sambat, which Intl does not know. */
const regionsWithOtherYears = ['AF', 'ET', 'IR', 'JP', 'NP', 'SA', 'TH', 'TW'];
const regionsWithOtherMonths = ['AF', 'ET', 'IR', 'NP', 'SA'];
const gregorianMonths = ['gregory', 'iso8601', 'buddhist', 'japanese', 'roc'];

/** State of a module: a locale's habits never change, and asking Intl for them takes as long as reading a date. */
const known = new Map<string, DateHabits>();

export function findDateHabits(locale: string): DateHabits {
  const habits = known.get(locale) ?? askIntl(locale);
  known.set(locale, habits);
  return habits;
}

function askIntl(locale: string): DateHabits {
  const { calendar: chosen } = new Intl.Locale(locale);
  const region = new Intl.Locale(locale).maximize().region ?? '';
  const { calendar } = new Intl.DateTimeFormat(locale).resolvedOptions();
  const isGregorianChosen = chosen === 'gregory';
  return {
    ...findOrders(locale, region),
    hasOtherYears: !isGregorianChosen && (calendar !== 'gregory' || regionsWithOtherYears.includes(region)),
    hasOtherMonths:
      !isGregorianChosen && (!gregorianMonths.includes(calendar) || regionsWithOtherMonths.includes(region)),
  };
}

/**
 * Where the year comes first in numbers, what people write behind a day and a month is some other country's habit; what
 * they write without a year is known only where the locale's numbers and names agree.
 */
function findOrders(locale: string, region: string) {
  const whole = listPartOrder(locale, { year: 'numeric', month: 'numeric', day: 'numeric' });
  const isYearFirst = whole[0] === 'year';
  if (bothOrders.includes(region)) return { isYearFirst, firstWithoutYear: null, firstBeforeYear: null };
  if (!isYearFirst) return { isYearFirst, firstWithoutYear: firstOf(whole), firstBeforeYear: firstOf(whole) };
  const inNumbers = firstOf(listPartOrder(locale, { month: 'numeric', day: 'numeric' }));
  const inWords = firstOf(listPartOrder(locale, { month: 'short', day: 'numeric' }));
  return { isYearFirst, firstWithoutYear: inNumbers === inWords ? inNumbers : null, firstBeforeYear: null };
}

function firstOf(parts: readonly string[]): 'day' | 'month' {
  return parts.indexOf('month') < parts.indexOf('day') ? 'month' : 'day';
}
