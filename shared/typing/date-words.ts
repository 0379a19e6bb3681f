/** The words of dates, in the locale and in English. Intl knows them, so there is no table here. */

type Unit = 'day' | 'week' | 'month' | 'year';

const plainDate = { calendar: 'gregory', numberingSystem: 'latn', timeZone: 'UTC' } as const;

/** Reads `nov`, `November`, `ноября` as 1 to 12. */
export function findMonth(word: string, locale: string): number | null {
  const dates = Array.from({ length: 12 }, (_, month) => Date.UTC(2026, month, 1));
  const index = findName(word, locale, dates, [
    { month: 'long' },
    { month: 'short' },
    { month: 'long', day: 'numeric' },
    { month: 'short', day: 'numeric' },
    // Persian joins the month to a following year, also in writing.
    { month: 'long', day: 'numeric', year: 'numeric' },
  ]);
  return index === null ? null : index + 1;
}

/** Reads `fri`, `Friday`, `vendredi`; 0 is Sunday. */
export function findWeekday(word: string, locale: string): number | null {
  // 4 January 2026 is a Sunday.
  const dates = Array.from({ length: 7 }, (_, day) => Date.UTC(2026, 0, 4 + day));
  return findName(word, locale, dates, [{ weekday: 'long' }, { weekday: 'short' }]);
}

/**
 * Reads `today`, `morgen`, `avant-hier` as days from today; null for a word with two meanings (Hindi has one word for
 * yesterday and tomorrow).
 */
export function findRelativeDay(text: string, locale: string): number | null {
  const typed = foldWord(text);
  const isMeant = (days: number) =>
    [locale, 'en'].some(
      (l) => foldWord(new Intl.RelativeTimeFormat(l, { numeric: 'auto' }).format(days, 'day')) === typed,
    );
  return theOnly([-2, -1, 0, 1, 2].filter((days) => !/\d/.test(text) && isMeant(days)));
}

/** Reads `in 30 days`, `in 2 Wochen`, `il y a 3 jours`. */
export function findRelativeSpan(text: string, locale: string): { count: number; unit: Unit } | null {
  const [digits, ...others] = text.match(/\d+/g) ?? [];
  if (digits === undefined || others.length > 0 || digits.length > 4) return null;
  const formats = [locale, 'en'].map((l) => new Intl.RelativeTimeFormat(l));
  const spans = (['day', 'week', 'month', 'year'] as const).flatMap((unit) =>
    [Number(digits), -Number(digits)].map((count) => ({ count, unit })),
  );
  const typed = foldWord(text);
  return (
    spans.find(({ count, unit }) => formats.some((format) => foldWord(format.format(count, unit)) === typed)) ?? null
  );
}

/** Intl writes no ordinals in dates, but people do. */
const ordinals = ['st', 'nd', 'rd', 'th', 'er', 'º', 'of', 'the'];

/** Words in a date that carry no meaning: `de`, `г.`, `年`, `th` of `5th`. */
export function isFiller(word: string, locale: string): boolean {
  const format = new Intl.DateTimeFormat(locale, { ...plainDate, dateStyle: 'long' });
  const parts = format.formatToParts(Date.UTC(2026, 0, 1)).filter((p) => p.type !== 'month' || /\d/.test(p.value));
  const words = parts.flatMap((part) => part.value.split(/[\s\d]+/)).map(foldWord);
  return [...words, ...ordinals].includes(foldWord(word));
}

/** The order in which the locale writes these parts of a date. */
export function listPartOrder(locale: string, options: Intl.DateTimeFormatOptions): string[] {
  const parts = new Intl.DateTimeFormat(locale, { ...plainDate, ...options }).formatToParts(0);
  return parts.map((part) => part.type).filter((type) => type !== 'literal');
}

/** Finds which of the dates has this name: the locale's full name, or a beginning that fits only one. */
function findName(
  word: string,
  locale: string,
  dates: readonly number[],
  options: readonly Intl.DateTimeFormatOptions[],
): number | null {
  const typed = foldWord(word);
  const find = (l: string, fits: (name: string) => boolean) => {
    const formats = options.map((option) => new Intl.DateTimeFormat(l, { ...plainDate, ...option }));
    return [...dates.keys()].filter((i) => formats.some((format) => fits(nameIn(format, dates[i] ?? 0))));
  };
  const exact = find(locale, (name) => name === typed);
  if (exact.length > 0) return theOnly(exact);
  const begins = (name: string) => name === typed || (typed.length >= 3 && name.startsWith(typed));
  return theOnly([...new Set([...find(locale, begins), ...find('en', begins)])]);
}

function nameIn(format: Intl.DateTimeFormat, date: number): string {
  const part = format.formatToParts(date).find(({ type }) => type === 'month' || type === 'weekday');
  return foldWord(part?.value ?? '');
}

/** Keeps only letters, in lower case and without accents, which people often leave out. */
function foldWord(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]|[^\p{L}\p{M}]/gu, '');
}

function theOnly<T>(found: readonly T[]): T | null {
  return found.length === 1 ? (found[0] ?? null) : null;
}
