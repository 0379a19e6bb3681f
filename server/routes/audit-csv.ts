import { auditActionTitle, auditOutcomeNote } from '#shared/audit-words.ts';
import type { AuditEntry } from '#shared/contract/audit.ts';

/** Excel reads UTF-8 only after a byte order mark. */
const byteOrderMark = '\uFEFF';

const columns: readonly [title: string, read: (entry: AuditEntry) => string | null | undefined][] = [
  ['When (UTC)', ({ at }) => at],
  ['Who', ({ user }) => user.name],
  ['Who (id)', ({ user }) => user.id],
  ['What', auditActionTitle],
  ['Outcome', ({ outcome }) => auditOutcomeNote(outcome) ?? 'Done'],
  ['Record', ({ record }) => record?.name],
  ['Record (type)', ({ record }) => record?.type],
  ['Record (id)', ({ record }) => record?.id],
  ['Xero contact', ({ contact }) => contact?.name],
  ['Xero contact (id)', ({ contact }) => contact?.id],
  ['Document', ({ document }) => document?.number],
  ['Document (kind)', ({ document }) => document?.kind],
  ['Document (id)', ({ document }) => document?.id],
  ['Document (link)', ({ document }) => document?.url],
  ['File', ({ fileName }) => fileName],
  ['Changes', ({ changes }) => changes.map(describeChange).join('; ')],
  ['What (code)', ({ action }) => action],
  ['Outcome (code)', ({ outcome }) => outcome],
  ['Request', ({ requestId }) => requestId],
];

/** CSV as RFC 4180 has it, row by row as the entries come. */
export async function* formatAuditCsv(entries: AsyncIterable<AuditEntry>): AsyncGenerator<string> {
  yield byteOrderMark + formatRow(columns.map(([title]) => title));
  for await (const entry of entries) yield formatRow(columns.map(([, read]) => read(entry) ?? ''));
}

function describeChange({ name, before, after }: AuditEntry['changes'][number]): string {
  return `${name}: ${before ?? 'nothing'} → ${after ?? 'nothing'}`;
}

function formatRow(cells: readonly string[]): string {
  return `${cells.map(formatCell).join(',')}\r\n`;
}

/** Names come from people: what a spreadsheet would take for a formula begins with an apostrophe instead (OWASP). */
export function formatCell(text: string): string {
  const harmless = /^\s*[=+\-@\t\r＝＋－＠]/.test(text) ? `'${text}` : text;
  return /[",\r\n]/.test(harmless) || harmless !== harmless.trim() ? `"${harmless.replaceAll('"', '""')}"` : harmless;
}
