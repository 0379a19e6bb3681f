const dayMs = 86_400_000;

/** Windows zone names, written as in Xero's enum, of the seeds' organisations. */
const ianaZones: Record<string, string> = {
  AUSEASTERNSTANDARDTIME: 'Australia/Sydney',
  GMTSTANDARDTIME: 'Europe/London',
  NEWZEALANDSTANDARDTIME: 'Pacific/Auckland',
  EASTERNSTANDARDTIME: 'America/New_York',
};

/** The calendar day (YYYY-MM-DD) of an instant in the organisation's time zone. */
export function todayIn(timezone: string, now: number): string {
  const timeZone = ianaZones[timezone];
  if (!timeZone) throw new Error(`no IANA zone known for ${timezone}`);
  return new Intl.DateTimeFormat('en-CA', { timeZone, dateStyle: 'short' }).format(now);
}

export function addDays(day: string, days: number): string {
  return new Date(dayToMs(day) + days * dayMs).toISOString().slice(0, 10);
}

/** Xero writes a calendar day as midnight UTC of that day, whatever the organisation's time zone. */
export function dayToMs(day: string): number {
  return Date.parse(`${day}T00:00:00Z`);
}

export function msDate(ms: number): string {
  return `/Date(${ms}+0000)/`;
}

export function msDay(day: string): string {
  return msDate(dayToMs(day));
}

/** The text sent beside a date, such as `DateString`. */
export function dayString(day: string): string {
  return `${day}T00:00:00`;
}
