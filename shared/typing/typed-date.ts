import { addDays, type CalendarDate, dayOfMonth, daysBetween, toCalendarDate } from '#shared/calendar.ts';
import { type DateHabits, findDateHabits } from './date-habits.ts';
import { findMonth, findRelativeDay, findRelativeSpan, findWeekday, isFiller } from './date-words.ts';
import { toPlainText } from './typed-text.ts';

export type TypedDateOptions = {
  /** A BCP 47 tag. Intl throws when it is malformed. */
  locale: string;
  /** Relative dates count from this day, and missing or short years are the nearest to it. */
  today: CalendarDate;
};

/**
 * Reads a day as people type it. Null when it is not understood or does not exist. Accepts the locale's order of day
 * and month, the locale's names and English names: `22/11/2026`, `22.11.26`, `2026-11-22`, `22 Nov`, `Nov 22, 2026`,
 * `today`, `+14`, `30d`, `in 2 weeks`, `fri` (the next one after today), `eom` (end of this month), and, as in
 * Xero's own date fields, `*20` (the 20th of next month); `22` alone is that day of this month.
 *
 * Days are in the Gregorian calendar, which is also the one shown, in any decimal digits.
 *
 * Day and month are never swapped: `22/11/2026` is null in a locale that writes the month first, because `10/11/2026`
 * would be read the other way. Where both orders are common, as in Canada, or the locale writes the year first,
 * `04/12/2026` is null, but `25/12/2026` is read, because it can only be one day; the same holds for `26-11-22`. A
 * two-digit year means the nearest such year, and a missing year the nearest such day. Both are null where another
 * calendar is also in use. Dates more than fifty years away are typing errors.
 */
export function parseTypedDate(text: string, options: TypedDateOptions): CalendarDate | null {
  const typed = toPlainSigns(text);
  if (typed === '' || typed.length > longest) return null;
  const context = { ...options, habits: findDateHabits(options.locale) };
  const date = readShortcut(typed, context) ?? readWords(typed, context) ?? readWritten(typed, context);
  return date !== null && yearsApart(date, options.today) <= 50 ? date : null;
}

const longest = 60;

type Context = TypedDateOptions & { habits: DateHabits };

/** Converts separators of other scripts to ours. */
function toPlainSigns(text: string): string {
  return toPlainText(text).replace(/[،，]/g, ',').replace(/／/g, '/').replace(/．/g, '.').replace(/[－−]/g, '-');
}

/** Reads `+14`, `-7`, `30d`, `in 2 weeks`; `*20`; `22`; `eom`. */
function readShortcut(text: string, { today, habits }: Context): CalendarDate | null {
  if (/^(eom|end of (this )?month)$/i.test(text)) return dayOfMonth(today, 31);
  const [, sign = '', digits = '', unit = ''] =
    /^(?:in |(\+|-|\*) ?)?(\d{1,4}) ?(d|w|m|y|days?|weeks?|months?|years?)?$/i.exec(text) ?? [];
  const count = Number(digits);
  if (digits === '') return null;
  if (sign === '*') return unit === '' && isDay(count) ? dayOfMonth(today, count, 1) : null;
  if (sign === '' && unit === '')
    return /^\d{1,2}$/.test(text) && !habits.hasOtherMonths ? toDateInMonth(today, count) : null;
  return addSpan(today, sign === '-' ? -count : count, unit);
}

function readWords(text: string, { locale, today }: Context): CalendarDate | null {
  const days = findRelativeDay(text, locale);
  if (days !== null) return addDays(today, days);
  const span = findRelativeSpan(text, locale);
  if (span) return addSpan(today, span.count, span.unit);
  const weekday = /\d/.test(text) ? null : findWeekday(text, locale);
  return weekday === null ? null : addDays(today, ((weekday - weekdayOf(today) + 6) % 7) + 1);
}

const wordPattern = /\p{L}[\p{L}\p{M}.'’׳॰]*/gu;
/** Chinese, Japanese and Korean say which number is the month, in any order of the locale: `12月4日`. */
const markedMonth = /(\d{1,2}) ?[月월]/;

function readWritten(typed: string, context: Context): CalendarDate | null {
  const [marked, month] = markedMonth.exec(typed) ?? [];
  const text = marked === undefined ? typed : typed.replace(marked, ' ');
  const words = text.match(wordPattern) ?? [];
  // A separator between a word and a number belongs to neither: `Nov-22`.
  const edges = words.length > 0 ? /^[ .,-]+|[ .,-]+$/g : /[ .]+$/g;
  const numbers = text
    .replace(wordPattern, ' ')
    .replace(/ *([./-]) */g, '$1')
    .replace(/ +/g, ' ')
    .replace(edges, '');
  const [word, ...others] = words.filter((w) => !isFiller(w, context.locale));
  if (others.length > 0) return null;
  if (month !== undefined) return word === undefined ? readWithMonth(Number(month), numbers, context) : null;
  return word === undefined
    ? readNumeric(numbers, context)
    : readWithMonth(findMonth(word, context.locale), numbers, context);
}

/**
 * Reads `22 Nov`, `22 Nov 2026`, `Nov 22, 2026`, `2026 Nov 22`. The day is the number that does not have four digits.
 */
function readWithMonth(month: number | null, numbers: string, context: Context): CalendarDate | null {
  const [, first = '', second] = /^(\d{1,4})(?:[ .,/-]+(\d{1,4}))?$/.exec(numbers) ?? [];
  if (month === null || first === '') return null;
  return first.length === 4 && second !== undefined
    ? resolve({ year: first, month, day: second }, context)
    : resolve({ year: second, month, day: first }, context);
}

function readNumeric(numbers: string, context: Context): CalendarDate | null {
  const [, first = '', , second = '', third] = /^(\d{1,4})([./ -])(\d{1,2})(?:\2(\d{1,4}))?$/.exec(numbers) ?? [];
  const { habits } = context;
  const toYearFirst = () =>
    third === undefined ? null : resolve({ year: first, month: Number(second), day: third }, context);
  if (first.length === 4) return toYearFirst();
  if (third === undefined && habits.hasOtherMonths) return null;
  const dayFirst = () => resolve({ year: third, month: Number(second), day: first }, context);
  const monthFirst = () => resolve({ year: third, month: Number(first), day: second }, context);
  const order = third === undefined ? habits.firstWithoutYear : habits.firstBeforeYear;
  return theOnlyDate([
    order === 'month' ? null : dayFirst(),
    order === 'day' ? null : monthFirst(),
    habits.isYearFirst && third?.length === 2 ? toYearFirst() : null,
  ]);
}

type Parts = { year: string | undefined; month: number; day: string };

function resolve({ year, month, day }: Parts, { today, habits }: Context): CalendarDate | null {
  if (!/^\d{1,2}$/.test(day)) return null;
  const toDate = (inYear: number) => toCalendarDate(inYear, month, Number(day));
  const thisYear = yearOf(today);
  if (year === undefined) {
    const dates = [thisYear + 1, thisYear, thisYear - 1].map(toDate).filter((date) => date !== null);
    return nearest(dates, (date) => Math.abs(daysBetween(today, date)));
  }
  if (year.length === 4) return toDate(Number(year));
  if (year.length !== 2 || habits.hasOtherYears) return null;
  const inCentury = thisYear - (thisYear % 100) + Number(year);
  const nearestYear = nearest([inCentury + 100, inCentury, inCentury - 100], (y) => Math.abs(y - thisYear));
  return nearestYear === null ? null : toDate(nearestYear);
}

/** Null when there are two. */
function theOnlyDate(dates: readonly (CalendarDate | null)[]): CalendarDate | null {
  const [date = null, ...others] = new Set(dates.filter((d) => d !== null));
  return others.length === 0 ? date : null;
}

/** The nearest choice; the first one if several are equally near. */
function nearest<T>(choices: readonly T[], distance: (choice: T) => number): T | null {
  const [first, ...others] = choices;
  if (first === undefined) return null;
  return others.reduce((best, choice) => (distance(choice) < distance(best) ? choice : best), first);
}

function addSpan(date: CalendarDate, count: number, unit: string): CalendarDate {
  const day = Number(date.slice(8));
  switch (unit.charAt(0).toLowerCase()) {
    case 'w':
      return addDays(date, 7 * count);
    case 'm':
      return dayOfMonth(date, day, count);
    case 'y':
      return dayOfMonth(date, day, 12 * count);
    default:
      return addDays(date, count);
  }
}

function toDateInMonth(date: CalendarDate, day: number): CalendarDate | null {
  return toCalendarDate(yearOf(date), Number(date.slice(5, 7)), day);
}

function isDay(count: number): boolean {
  return count >= 1 && count <= 31;
}

function yearOf(date: CalendarDate): number {
  return Number(date.slice(0, 4));
}

function yearsApart(a: CalendarDate, b: CalendarDate): number {
  return Math.abs(yearOf(a) - yearOf(b));
}

/** 0 is Sunday. */
function weekdayOf(date: CalendarDate): number {
  return new Date(Date.parse(date)).getUTCDay();
}
