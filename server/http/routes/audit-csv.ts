import type { AuditEntry } from '#shared/contract/audit.ts';
import { byteOrderMark, formatCsvRow } from '#shared/csv.ts';
import { auditActionTitle, auditChangeName, auditOutcomeNote } from '#shared/words/audit-words.ts';
import { type AuditColumn, auditColumns, auditCsvWords } from './words.ts';

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
  yield byteOrderMark + formatCsvRow(auditColumns.map(([, title]) => title));
  for await (const entry of entries) yield formatCsvRow(auditColumns.map(([column]) => readers[column](entry) ?? ''));
}

function describeChange({ name, before, after }: AuditEntry['changes'][number]): string {
  const { none } = auditCsvWords;
  return `${auditChangeName(name)}: ${before ?? none} → ${after ?? none}`;
}
