/** What dates are called, in the locale and in English; Intl knows the names, so there is no table here. */

type Unit = 'day' | 'week' | 'month' | 'year';

const plainDate = { calendar: 'gregory', numberingSystem: 'latn', timeZone: 'UTC' } as const;

/** `nov`, `November`, `ноября`: 1 to 12. */
export function findMonth(word: string, locale: string): number | null {
  const dates = Array.from({ length: 12 }, (_, month) => Date.UTC(2026, month, 1));
  const index = findName(word, locale, dates, [
    { month: 'long' },
    { month: 'short' },
    { month: 'long', day: 'numeric' },
    { month: 'short', day: 'numeric' },
    // Persian binds the month to a year behind it, in writing too.
    { month: 'long', day: 'numeric', year: 'numeric' },
  ]);
  return index === null ? null : index + 1;
}

/** `fri`, `Friday`, `vendredi`: 0 is Sunday. */
export function findWeekday(word: string, locale: string): number | null {
  // 4 January 2026 is a Sunday.
  const dates = Array.from({ length: 7 }, (_, day) => Date.UTC(2026, 0, 4 + day));
  return findName(word, locale, dates, [{ weekday: 'long' }, { weekday: 'short' }]);
}

/** `today`, `morgen`, `avant-hier`, in days from today; null where the word means two (Hindi says one for both sides). */
export function findRelativeDay(text: string, locale: string): number | null {
  const typed = foldWord(text);
  const isMeant = (days: number) =>
    [locale, 'en'].some(
      (l) => foldWord(new Intl.RelativeTimeFormat(l, { numeric: 'auto' }).format(days, 'day')) === typed,
    );
  return theOnly([-2, -1, 0, 1, 2].filter((days) => !/\d/.test(text) && isMeant(days)));
}

/** `in 30 days`, `in 2 Wochen`, `il y a 3 jours`. */
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

/** Intl writes no ordinals in dates; people do. */
const ordinals = ['st', 'nd', 'rd', 'th', 'er', 'º', 'of', 'the'];

/** Words that stand in a date and mean nothing: `de`, `г.`, `年`, `th` of `5th`. */
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

/** Which of the dates is called so: by its whole name in the locale, else by a beginning that fits only one. */
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

/** Letters only, small and without accents, which are often left out. */
function foldWord(text: string): string {
  return text
    .toLowerCase()
    .normalize('NFD')
    .replace(/[\u0300-\u036f]|[^\p{L}\p{M}]/gu, '');
}

function theOnly<T>(found: readonly T[]): T | null {
  return found.length === 1 ? (found[0] ?? null) : null;
}
