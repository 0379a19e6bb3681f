/** Excel reads UTF-8 only after a byte order mark. */
export const byteOrderMark = '\uFEFF';

/** One line of CSV as in RFC 4180. */
export function formatCsvRow(cells: readonly string[]): string {
  return `${cells.map(formatCsvCell).join(',')}\r\n`;
}

/** Spreadsheets split at these characters, depending on country and settings. A formula may follow any of them. */
const separator = /([,;|\t\n\v\f\r\u0085\u2028\u2029])/;
/** Includes full-width and small forms, which some spreadsheets read as the plain character (NFKC). */
const formulaStarts = '=+\\-@＝＋－＠﹦﹢﹣﹫\u2212';
/** A spreadsheet also reads a formula after blanks, invisible characters and quotes. */
const formula = new RegExp(`^[\\s\\p{C}"'“”‘’]*[${formulaStarts}]`, 'u');
/** A negative amount is a number everywhere. With an apostrophe no spreadsheet could add it up. */
const negativeNumber = /^-\d+(?:\.\d+)?$/;
const startsWithControl = /^[\t\n\v\f\r]/;
const needsQuotes = /[",;|\p{Cc}\u2028\u2029]/u;

/**
 * Names come from people, so text that a spreadsheet would read as a formula gets an apostrophe in front (OWASP). This
 * also applies after any character at which a spreadsheet may split. `a;=1+1` becomes two cells where lists are
 * separated by semicolons. Quotes do not help there, as they count only at the beginning of a cell.
 */
export function formatCsvCell(text: string): string {
  if (negativeNumber.test(text)) return text;
  const parts = text.split(separator).map((part) => (formula.test(part) ? `'${part}` : part));
  const harmless = startsWithControl.test(text) ? `'${parts.join('')}` : parts.join('');
  const isQuoted = needsQuotes.test(harmless) || harmless !== harmless.trim();
  return isQuoted ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
