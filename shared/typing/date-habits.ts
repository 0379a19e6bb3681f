import { listPartOrder } from './date-words.ts';

/** How people of a locale write dates in numbers, as far as known. */
export type DateHabits = {
  /** `2026-12-04` */
  isYearFirst: boolean;
  /** What comes first when no year is written; null when both orders are common. */
  firstWithoutYear: 'day' | 'month' | null;
  /** What comes first when the year is written last; null when both orders are common or nobody writes it so. */
  firstBeforeYear: 'day' | 'month' | null;
  /** Years are also counted in another calendar, so that `69` may be 2569 of the Buddhist era. */
  hasOtherYears: boolean;
  /** Months also start on other days, so that `9/13` may be 13 Azar. */
  hasOtherMonths: boolean;
};

/** Canadians write `04/12/2026` for both days. Source: CAN/CSA-Z234.4, which therefore requires year, month, day. */
const bothOrders = ['CA'];

/**
 * Regions that use another calendar beside the Gregorian one: CLDR's preferences, and Bikram Sambat, which Intl does
 * not know.
 */
const regionsWithOtherYears = ['AF', 'ET', 'IR', 'JP', 'NP', 'SA', 'TH', 'TW'];
const regionsWithOtherMonths = ['AF', 'ET', 'IR', 'NP', 'SA'];
const gregorianMonths = ['gregory', 'iso8601', 'buddhist', 'japanese', 'roc'];

/**
 * A cache at module level: a locale's habits never change, and asking Intl for them takes as long as reading a date.
 */
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
 * In a locale that writes the year first, a date with the year last follows another country's habit. For a date without
 * a year, the order is known only if the locale's numeric dates and written dates agree. Some locales differ in
 * themselves: Intl writes the day first in a short Maltese date and the month first in a longer one.
 */
function findOrders(locale: string, region: string) {
  const whole = listPartOrder(locale, { year: 'numeric', month: 'numeric', day: 'numeric' });
  const isYearFirst = whole[0] === 'year';
  if (bothOrders.includes(region)) return { isYearFirst, firstWithoutYear: null, firstBeforeYear: null };
  const inNumbers = firstOf(listPartOrder(locale, { month: 'numeric', day: 'numeric' }));
  if (!isYearFirst) {
    const firstBeforeYear = theSame(firstOf(whole), firstOf(listPartOrder(locale, { dateStyle: 'short' })));
    return { isYearFirst, firstWithoutYear: theSame(firstBeforeYear, inNumbers), firstBeforeYear };
  }
  const inWords = firstOf(listPartOrder(locale, { month: 'short', day: 'numeric' }));
  return { isYearFirst, firstWithoutYear: theSame(inNumbers, inWords), firstBeforeYear: null };
}

/** Null when the two differ. */
function theSame<T>(one: T, other: T): T | null {
  return one === other ? one : null;
}

function firstOf(parts: readonly string[]): 'day' | 'month' {
  return parts.indexOf('month') < parts.indexOf('day') ? 'month' : 'day';
}
