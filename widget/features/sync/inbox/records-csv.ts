import type { RecordSummary } from '#shared/contract/sync/record.ts';
import { byteOrderMark, formatCsvRow } from '#shared/csv.ts';
import { titleOfKind } from '#shared/words/sync-kind-words.ts';
import { stateWords } from '#widget/ui/records/record-words.ts';
import { csvColumns } from '../words.ts';

type Column = (typeof csvColumns)[number][0];

const readers: Readonly<Record<Column, (record: RecordSummary) => string | null | undefined>> = {
  kind: ({ kind }) => titleOfKind(kind, 'one'),
  crmId: ({ crmId }) => crmId,
  title: ({ title }) => title,
  date: ({ date }) => date,
  currency: ({ amount }) => amount?.currency,
  amount: ({ amount }) => amount?.amount,
  state: ({ state }) => stateWords[state],
  since: ({ stateSince }) => stateSince,
  code: ({ problem, question, reason }) => (problem ?? question ?? reason)?.code,
  message: ({ problem, question, reason }) => (problem ?? question ?? reason)?.message,
  detail: ({ problem }) => problem?.detail,
  field: ({ problem }) => problem?.field,
  nextTry: ({ nextTryAt }) => nextTryAt,
  xeroNumber: ({ xeroNumber }) => xeroNumber,
  xeroId: ({ xeroId }) => xeroId,
  xeroUrl: ({ xeroUrl }) => xeroUrl,
};

/** One line a record, with a heading. */
export function formatRecordsCsv(records: readonly RecordSummary[]): string {
  const heading = formatCsvRow(csvColumns.map(([, title]) => title));
  const rows = records.map((record) => formatCsvRow(csvColumns.map(([column]) => readers[column](record) ?? '')));
  return [byteOrderMark, heading, ...rows].join('');
}
