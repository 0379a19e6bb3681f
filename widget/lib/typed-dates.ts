import { type CalendarDate, dateInZone } from '#shared/calendar.ts';
import { parseTypedDate } from '#shared/typing/typed-date.ts';
import { gregorian } from './format.ts';

/** Between the days people type and the days that are meant, in the page's locale. What is written can be read. */
export type TypedDates = {
  /** Null where it is not understood. */
  readDate(text: string): CalendarDate | null;
  writeDate(date: CalendarDate): string;
};

/** `today`: what `+14` is counted from, and what a day without its year is near to. */
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

/** Today where the organisation is; where the viewer is if the browser does not know the zone, as older ones do not all. */
export function todayIn(now: Date, timeZone: string | undefined): CalendarDate {
  const own = new Intl.DateTimeFormat().resolvedOptions().timeZone;
  try {
    return dateInZone(now, timeZone ?? own);
  } catch {
    return dateInZone(now, own);
  }
}
