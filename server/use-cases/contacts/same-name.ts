/** Legal forms that people omit or write in many ways, without dots and in lower case. */
const legalForms = new Set(
  'ab ag aps as asa bv co company corp corporation gmbh inc incorporated kg kft limited llc llp ltd nv oy oyj plc proprietary pte pty sa sarl sas sl spa srl sro'.split(
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

function words(name: string): string[] {
  return name
    .normalize('NFKD')
    .replace(/\p{M}/gu, '')
    .toLowerCase()
    .replace(/[./]/g, '')
    .split(/[^\p{L}\p{N}]+/u)
    .filter(Boolean);
}

function withoutLegalForm(parts: readonly string[]): readonly string[] {
  const last = parts.at(-1);
  return parts.length > 1 && last !== undefined && legalForms.has(last) ? withoutLegalForm(parts.slice(0, -1)) : parts;
}
