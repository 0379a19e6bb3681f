import type { Organisation } from '../organisation.ts';
import type { SentDocument } from './sent.ts';

/** Checks that apply to invoices, bills and quotes. */
export function documentProblems(organisation: Organisation, sent: SentDocument): string[] {
  const { currencies, brandingThemes } = organisation.books();
  const { CurrencyCode: code, BrandingThemeID: theme } = sent;
  const isKnown = code === undefined || currencies.some(({ Code }) => Code === code);
  const isThemed = !theme || brandingThemes.some(({ BrandingThemeID }) => BrandingThemeID === theme.toLowerCase());
  return [
    ...(isKnown ? [] : [`Organisation is not subscribed to currency ${code}`]),
    ...(isThemed ? [] : ['The specified BrandingThemeID could not be found']),
  ];
}

/** A closed period accepts no documents. `day` is the document's date. */
export function lockDateProblems({ periodLockDate, endOfYearLockDate }: Organisation, day: string): string[] {
  if (endOfYearLockDate !== undefined && day <= endOfYearLockDate)
    return [lockedText('end of year', endOfYearLockDate)];
  if (periodLockDate !== undefined && day <= periodLockDate) return [lockedText('period', periodLockDate)];
  return [];
}

function lockedText(lock: string, day: string): string {
  return `The document date cannot be before the ${lock} lock date, currently set at ${inWords(day)}`;
}

function inWords(day: string): string {
  return new Intl.DateTimeFormat('en-AU', { dateStyle: 'long', timeZone: 'UTC' }).format(new Date(`${day}T00:00:00Z`));
}

export function tooLong(fields: Record<string, [value: string | undefined, max: number]>): string[] {
  return Object.entries(fields)
    .filter(([, [value, max]]) => (value?.length ?? 0) > max)
    .map(([field, [, max]]) => `The field ${field} must be a string with a maximum length of ${max}.`);
}
