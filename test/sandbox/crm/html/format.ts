export const locale = 'en-AU';

// A list has hundreds of rows, and building a format costs far more than using it.
const dayFormat = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeZone: 'UTC' });
const instantFormat = new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short' });
const moneyFormats = new Map<string, Intl.NumberFormat>();

/** Amounts stay decimal strings, which Intl formats without converting them to floats. */
export function formatMoney(amount: `${number}`, currency: string): string {
  const format =
    moneyFormats.get(currency) ??
    new Intl.NumberFormat(locale, { style: 'currency', currency, currencyDisplay: 'code' });
  moneyFormats.set(currency, format);
  return format.format(amount);
}

/** `2026-12-18` → `18 Dec 2026`. */
export function formatDay(day: string): string {
  return dayFormat.format(new Date(`${day}T00:00Z`));
}

/** Local time as written, without a zone: `20 Nov 2026, 9:12 am`. */
export function formatMoment(moment: string): string {
  return new Intl.DateTimeFormat(locale, { dateStyle: 'medium', timeStyle: 'short', timeZone: 'UTC' }).format(
    new Date(`${moment}Z`),
  );
}

export function toInitials(name: string): string {
  const words = name.split(/\s+/).filter((word) => /^\p{L}/u.test(word) && !word.endsWith('.'));
  const ends = words.length > 1 ? [words[0], words.at(-1)] : words;
  return (
    ends
      .map((word) => Array.from(word ?? '')[0] ?? '')
      .join('')
      .toUpperCase() || '?'
  );
}

const toneCount = 6;

/** One of the avatar colours in the style sheet, always the same for a record. */
export function toTone(seed: string): string {
  return `tone-${Array.from(seed).reduce((sum, character) => sum + (character.codePointAt(0) ?? 0), 0) % toneCount}`;
}

/** An instant in the CRM's own time: `29 Nov 2026, 6:03 pm`. */
export function formatInstant(instant: string): string {
  return instantFormat.format(new Date(instant));
}

/** An amount that a person typed. What is no amount is shown as it is. */
export function formatTypedMoney({ value, currency }: { value: string; currency: string }): string {
  return isDecimal(value) && /^[A-Z]{3}$/.test(currency) ? formatMoney(value, currency) : `${currency} ${value}`;
}

function isDecimal(text: string): text is `${number}` {
  return /^-?\d+(\.\d+)?$/.test(text);
}
