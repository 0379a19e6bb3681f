/** A day as `YYYY-MM-DD`, without a time or a zone. */
export type CalendarDate = string;

const dayMs = 86_400_000;

/** State of a module after all: a format always gives the same, and building one costs more than a hundred uses. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** Today's date where the organisation is. `zone` is an IANA name. */
export function dateInZone(instant: Date, zone: string): CalendarDate {
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en-US', { ...plain, timeZone: zone });
  formats.set(zone, format);
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return [parts.get('year')?.padStart(4, '0'), parts.get('month'), parts.get('day')].join('-');
}

/** In which order a locale writes them is no part of any standard: `en-CA` has changed its mind between releases of ICU. */
const plain = {
  calendar: 'gregory',
  numberingSystem: 'latn',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
} as const;

/** Whole days from `from` until `to`; negative when `to` is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}

export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Null where there is no such day; months count from 1, years have four digits. */
export function toCalendarDate(year: number, month: number, day: number): CalendarDate | null {
  const date = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  return isCalendarDate(date) ? date : null;
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10);
}

/** That day of the month which is so many months later; the month's last day where it has no such day. */
export function dayOfMonth(date: CalendarDate, day: number, monthsLater = 0): CalendarDate {
  const [year = 0, month = 0] = date.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month + monthsLater, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + monthsLater, Math.min(day, lastDay))).toISOString().slice(0, 10);
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
