/** A day as `YYYY-MM-DD`, without time or zone. */
export type CalendarDate = string;

const dayMs = 86_400_000;

/** A cache at module level: a format never changes, and building one costs more than a hundred uses. */
const formats = new Map<string, Intl.DateTimeFormat>();

/** Today's date in the organisation's time zone. `zone` is an IANA name. */
export function dateInZone(instant: Date, zone: string): CalendarDate {
  const format = formats.get(zone) ?? new Intl.DateTimeFormat('en-US', { ...plain, timeZone: zone });
  formats.set(zone, format);
  const parts = new Map(format.formatToParts(instant).map(({ type, value }) => [type, value]));
  return [parts.get('year')?.padStart(4, '0'), parts.get('month'), parts.get('day')].join('-');
}

/** No standard says in which order a locale writes these parts: `en-CA` has changed between releases of ICU. */
const plain = {
  calendar: 'gregory',
  numberingSystem: 'latn',
  year: 'numeric',
  month: '2-digit',
  day: '2-digit',
} as const;

/** Whole days from `from` to `to`; negative when `to` is earlier. */
export function daysBetween(from: CalendarDate, to: CalendarDate): number {
  return Math.round((Date.parse(to) - Date.parse(from)) / dayMs);
}

export function isCalendarDate(text: string): boolean {
  if (!/^\d{4}-\d{2}-\d{2}$/.test(text)) return false;
  const time = Date.parse(`${text}T00:00:00Z`);
  return !Number.isNaN(time) && new Date(time).toISOString().startsWith(text);
}

/** Null when there is no such day. Months count from 1, and years have four digits. */
export function toCalendarDate(year: number, month: number, day: number): CalendarDate | null {
  const date = `${pad(year, 4)}-${pad(month, 2)}-${pad(day, 2)}`;
  return isCalendarDate(date) ? date : null;
}

export function addDays(date: CalendarDate, days: number): CalendarDate {
  return new Date(Date.parse(date) + days * dayMs).toISOString().slice(0, 10);
}

/** The given day of the month, `monthsLater` months later. The month's last day if it has no such day. */
export function dayOfMonth(date: CalendarDate, day: number, monthsLater = 0): CalendarDate {
  const [year = 0, month = 0] = date.split('-').map(Number);
  const lastDay = new Date(Date.UTC(year, month + monthsLater, 0)).getUTCDate();
  return new Date(Date.UTC(year, month - 1 + monthsLater, Math.min(day, lastDay))).toISOString().slice(0, 10);
}

function pad(value: number, length: number): string {
  return String(value).padStart(length, '0');
}
