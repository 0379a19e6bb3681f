import { auditActionTitle, auditOutcomeNote } from '#shared/audit-words.ts';
import type { AuditEntry } from '#shared/contract/audit.ts';

/** Excel reads UTF-8 only after a byte order mark. */
const byteOrderMark = '\uFEFF';

const columns: readonly [title: string, read: (entry: AuditEntry) => string | null | undefined][] = [
  ['Time (UTC)', ({ at }) => at],
  ['Person', ({ user }) => user.name],
  ['Person (ID)', ({ user }) => user.id],
  ['Action', auditActionTitle],
  ['Outcome', ({ outcome }) => auditOutcomeNote(outcome) ?? 'Done'],
  ['Record', ({ record }) => record?.name],
  ['Record (type)', ({ record }) => record?.type],
  ['Record (ID)', ({ record }) => record?.id],
  ['Xero contact', ({ contact }) => contact?.name],
  ['Xero contact (ID)', ({ contact }) => contact?.id],
  ['Document', ({ document }) => document?.number],
  ['Document (type)', ({ document }) => document?.kind],
  ['Document (ID)', ({ document }) => document?.id],
  ['Document (link)', ({ document }) => document?.url],
  ['File', ({ fileName }) => fileName],
  ['Changes', ({ changes }) => changes.map(describeChange).join('; ')],
  ['Action (code)', ({ action }) => action],
  ['Outcome (code)', ({ outcome }) => outcome],
  ['Request ID', ({ requestId }) => requestId],
];

/** CSV as RFC 4180 has it, row by row as the entries come. */
export async function* formatAuditCsv(entries: AsyncIterable<AuditEntry>): AsyncGenerator<string> {
  yield byteOrderMark + formatRow(columns.map(([title]) => title));
  for await (const entry of entries) yield formatRow(columns.map(([, read]) => read(entry) ?? ''));
}

function describeChange({ name, before, after }: AuditEntry['changes'][number]): string {
  return `${name}: ${before ?? 'none'} → ${after ?? 'none'}`;
}

function formatRow(cells: readonly string[]): string {
  return `${cells.map(formatCell).join(',')}\r\n`;
}

/** Spreadsheets split at these, each in its own countries or settings; a formula may stand behind any of them. */
const separator = /([,;|\t\n\v\f\r\u0085\u2028\u2029])/;
/** Full-width and small forms are formulas too: some spreadsheets take them for the plain character (NFKC). */
const formulaStarts = '=+\\-@＝＋－＠﹦﹢﹣﹫\u2212';
/** Blanks, invisible characters and quotes before it do not keep a spreadsheet from reading a formula. */
const formula = new RegExp(`^[\\s\\p{C}"'“”‘’]*[${formulaStarts}]`, 'u');
const startsWithControl = /^[\t\n\v\f\r]/;
const needsQuotes = /[",;|\p{Cc}\u2028\u2029]/u;

/**
 * Names come from people: what a spreadsheet would take for a formula begins with an apostrophe instead (OWASP), also
 * behind what another spreadsheet splits at. `a;=1+1` would be two cells where lists are separated by semicolons, and
 * quotes do not help there, as they count only at the beginning of a cell.
 */
export function formatCell(text: string): string {
  const parts = text.split(separator).map((part) => (formula.test(part) ? `'${part}` : part));
  const harmless = startsWithControl.test(text) ? `'${parts.join('')}` : parts.join('');
  const isQuoted = needsQuotes.test(harmless) || harmless !== harmless.trim();
  return isQuoted ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
