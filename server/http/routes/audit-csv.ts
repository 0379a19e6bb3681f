import type { AuditEntry } from '#shared/contract/audit.ts';
import { auditActionTitle, auditChangeName, auditOutcomeNote } from '#shared/words/audit-words.ts';
import { type AuditColumn, auditColumns, auditCsvWords } from './words.ts';

/** Excel reads UTF-8 only after a byte order mark. */
const byteOrderMark = '\uFEFF';

const readers: Readonly<Record<AuditColumn, (entry: AuditEntry) => string | null | undefined>> = {
  time: ({ at }) => at,
  person: ({ user }) => user.name,
  personId: ({ user }) => user.id,
  action: auditActionTitle,
  outcome: ({ outcome }) => auditOutcomeNote(outcome) ?? auditCsvWords.done,
  record: ({ record }) => record?.name,
  recordType: ({ record }) => record?.type,
  recordId: ({ record }) => record?.id,
  contact: ({ contact }) => contact?.name,
  contactId: ({ contact }) => contact?.id,
  document: ({ document }) => document?.number,
  documentKind: ({ document }) => document?.kind,
  documentId: ({ document }) => document?.id,
  documentUrl: ({ document }) => document?.url,
  file: ({ fileName }) => fileName,
  changes: ({ changes }) => changes.map(describeChange).join('; '),
  actionCode: ({ action }) => action,
  outcomeCode: ({ outcome }) => outcome,
  requestId: ({ requestId }) => requestId,
};

/** Writes CSV as in RFC 4180, row by row as the entries arrive. */
export async function* formatAuditCsv(entries: AsyncIterable<AuditEntry>): AsyncGenerator<string> {
  yield byteOrderMark + formatRow(auditColumns.map(([, title]) => title));
  for await (const entry of entries) yield formatRow(auditColumns.map(([column]) => readers[column](entry) ?? ''));
}

function describeChange({ name, before, after }: AuditEntry['changes'][number]): string {
  const { none } = auditCsvWords;
  return `${auditChangeName(name)}: ${before ?? none} → ${after ?? none}`;
}

function formatRow(cells: readonly string[]): string {
  return `${cells.map(formatCell).join(',')}\r\n`;
}

/** Spreadsheets split at these characters, depending on country and settings. A formula may follow any of them. */
const separator = /([,;|\t\n\v\f\r\u0085\u2028\u2029])/;
/** Includes full-width and small forms, which some spreadsheets read as the plain character (NFKC). */
const formulaStarts = '=+\\-@＝＋－＠﹦﹢﹣﹫\u2212';
/** A spreadsheet also reads a formula after blanks, invisible characters and quotes. */
const formula = new RegExp(`^[\\s\\p{C}"'“”‘’]*[${formulaStarts}]`, 'u');
const startsWithControl = /^[\t\n\v\f\r]/;
const needsQuotes = /[",;|\p{Cc}\u2028\u2029]/u;

/**
 * Names come from people, so text that a spreadsheet would read as a formula gets an apostrophe in front (OWASP). This
 * also applies after any character at which a spreadsheet may split. `a;=1+1` becomes two cells where lists are
 * separated by semicolons. Quotes do not help there, as they count only at the beginning of a cell.
 */
export function formatCell(text: string): string {
  const parts = text.split(separator).map((part) => (formula.test(part) ? `'${part}` : part));
  const harmless = startsWithControl.test(text) ? `'${parts.join('')}` : parts.join('');
  const isQuoted = needsQuotes.test(harmless) || harmless !== harmless.trim();
  return isQuoted ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
