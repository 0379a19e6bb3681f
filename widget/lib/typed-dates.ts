import { type CalendarDate, dateInZone } from '#shared/calendar.ts';
import { parseTypedDate } from '#shared/typing/typed-date.ts';
import { gregorian } from './format.ts';

/** Reads and writes dates in the page's locale. What it writes it can read. */
export type TypedDates = {
  /** null if the text is not understood. */
  readDate(text: string): CalendarDate | null;
  writeDate(date: CalendarDate): string;
};

/** `today`: the day that `+14` counts from, and that a date without a year is close to. */
export function createTypedDates(locale: string, today: CalendarDate): TypedDates {
  const readDate = (text: string) => parseTypedDate(text, { locale, today });
  const formats = (['short', 'long', 'numeric'] as const).map(
    (month) =>
      new Intl.DateTimeFormat(locale, { ...gregorian, day: 'numeric', month, year: 'numeric', timeZone: 'UTC' }),
  );
  return {
    readDate,
    writeDate: (date) => {
      const texts = formats.map((format) => format.format(new Date(`${date}T00:00:00Z`)));
      return texts.find((text) => readDate(text) === date) ?? date;
    },
  };
}

/** Today in the organisation's time zone, or the viewer's if an old browser does not know that zone. */
export function todayIn(now: Date, timeZone: string | undefined): CalendarDate {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  try {
    return dateInZone(now, timeZone ?? own);
  } catch {
    return dateInZone(now, own);
  }
}
