/** Legal forms that people omit or write in many ways, without dots and in lower case. */
const legalForms = new Set(
  'ab ag aps as asa bv co company corp corporation ek gmbh inc incorporated kg kft limited llc llp ltd ltda nv ohg oy oyj plc private proprietary pte pty pvt sa sarl sas sl spa srl sro ug'.split(
    ' ',
  ),
);

/** Whether names are equal, ignoring case, accents, punctuation and spaces. */
export function isSameName(a: string, b: string): boolean {
  const normalised = words(a).join(' ');
  return normalised !== '' && normalised === words(b).join(' ');
}

/** Whether names are equal once legal forms at the end (Pty Ltd, GmbH …) are dropped. */
export function isSimilarName(a: string, b: string): boolean {
  const bare = withoutLegalForm(words(a)).join(' ');
  return bare !== '' && bare === withoutLegalForm(words(b)).join(' ');
}

/** Equal for names that Xero takes for the same: outer and double spaces and case do not count. */
export function toNameKey(name: string): string {
  return name.trim().replace(/\s+/g, ' ').toLowerCase();
}

/**
 * Whether two names that are not the same may mean the same contact: equal without accents, punctuation, spaces and
 * legal forms. `Mc Donald's Pty Ltd` is near `McDonalds`.
 */
export function isNearName(a: string, b: string): boolean {
  if (toNameKey(a) === toNameKey(b)) return false;
  const bare = toBareName(a);
  return bare !== '' && bare === toBareName(b);
}

/** What people tell contacts apart by, besides their names. */
export type NamedContact = { name: string; email?: string | null | undefined; taxNumber?: string | null | undefined };

/** A near name, or the same e-mail address or tax number under another name. */
export function isNearContact(a: NamedContact, b: NamedContact): boolean {
  if (toNameKey(a.name) === toNameKey(b.name)) return false;
  return (
    isNearName(a.name, b.name) ||
    isSameText(a.email, b.email) ||
    isSameText(toDigits(a.taxNumber), toDigits(b.taxNumber))
  );
}

/** Two contacts of different names are near, as `isNearContact` says, exactly when they share one of these. */
export function listNearKeys({ name, email, taxNumber }: NamedContact): string[] {
  const keys = { name: toBareName(name), email: toPlain(email), tax: toPlain(toDigits(taxNumber)) };
  return Object.entries(keys).flatMap(([what, key]) => (key === '' ? [] : [`${what}:${key}`]));
}

/** Whether both have a tax number, and not the same one. */
export function hasOtherTaxNumber(a: Pick<NamedContact, 'taxNumber'>, b: Pick<NamedContact, 'taxNumber'>): boolean {
  const [first, second] = [toDigits(a.taxNumber), toDigits(b.taxNumber)];
  return Boolean(first && second) && !isSameText(first, second);
}

/** Without legal forms, wherever they stand, but never without the first word. */
function toBareName(name: string): string {
  return words(name)
    .filter((word, place) => place === 0 || !legalForms.has(word))
    .join('');
}

function isSameText(a: string | null | undefined, b: string | null | undefined): boolean {
  const text = toPlain(a);
  return text !== '' && text === toPlain(b);
}

function toPlain(text: string | null | undefined): string {
  return text?.trim().toLowerCase() ?? '';
}

/** Tax numbers are written with and without spaces and dots. */
function toDigits(taxNumber: string | null | undefined): string | undefined {
  return taxNumber?.replace(/[^\p{L}\p{N}]/gu, '');
}

/** Letters that have no accent to take away. */
const plainLetters: Readonly<Record<string, string>> = {
  ...{ ß: 'ss', æ: 'ae', œ: 'oe', þ: 'th' },
  ...{ ø: 'o', ł: 'l', đ: 'd', ð: 'd', ı: 'i' },
};

function words(name: string): string[] {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[ßæœþøłđðı]/g, (letter) => plainLetters[letter] ?? letter)
    .replace(/[./'’`]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

function withoutLegalForm(parts: readonly string[]): readonly string[] {
  const last = parts.at(-1);
  return parts.length > 1 && last !== undefined && legalForms.has(last) ? withoutLegalForm(parts.slice(0, -1)) : parts;
}
