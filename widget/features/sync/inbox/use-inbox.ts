import { useMutation, useQuery } from '@tanstack/react-query';
import { useState } from 'react';
import type { listRecordsRoute, RecordList } from '#shared/contract/sync/records.ts';
import { toFailure } from '#widget/session/failures/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import { saveFile } from '#widget/session/requests/request-file.ts';
import type { InboxFilter } from '../place.ts';
import { inboxWords } from '../words.ts';
import { formatRecordsCsv } from './records-csv.ts';
import { toQuery } from './selection.ts';

export const perPage = 50;
/** As many as the server gives at once. */
const perExport = '500';

/** The records that the filter finds, one page at a time. The list stays while another one is loading. */
export function useInbox(filter: InboxFilter) {
  const { session } = useFrame();
  const about = JSON.stringify(filter);
  // The cursors of the pages so far. Another filter starts at the first page.
  const [path, setPath] = useState<{ about: string; cursors: readonly string[] }>({ about, cursors: [] });
  const cursors = path.about === about ? path.cursors : [];
  const cursor = cursors.at(-1);
  const query = useQuery({
    queryKey: ['sync', 'records', about, cursor ?? null],
    queryFn: () =>
      session.call<typeof listRecordsRoute>({
        method: 'GET',
        path: '/api/records',
        query: { ...toQuery(filter), limit: String(perPage), cursor },
      }),
    placeholderData: (before) => before,
    staleTime: 0,
  });
  const list = query.data;
  const goTo = (next: readonly string[]) => setPath({ about, cursors: next });
  return {
    list,
    page: cursors.length,
    failure: query.error && toFailure(query.error),
    isFetching: query.isFetching,
    isPrevious: query.isPlaceholderData,
    refetch: () => void query.refetch(),
    showNext: list?.hasMore && list.cursor !== null ? () => goTo([...cursors, list.cursor ?? '']) : null,
    showPrevious: cursors.length > 0 ? () => goTo(cursors.slice(0, -1)) : null,
  };
}

/** Downloads every record that the filter finds. */
export function useExportRecords(filter: InboxFilter) {
  const { session, format, announce } = useFrame();
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      const records: RecordList['records'] = [];
      let cursor: string | undefined;
      do {
        const query = { ...toQuery(filter), limit: perExport, cursor };
        const page = await session.call<typeof listRecordsRoute>({ method: 'GET', path: '/api/records', query });
        records.push(...page.records);
        cursor = page.hasMore ? (page.cursor ?? undefined) : undefined;
      } while (cursor !== undefined);
      const name = `ledgerside-inbox-${format.now().toISOString().slice(0, 10)}.csv`;
      saveFile(new Blob([formatRecordsCsv(records)], { type: 'text/csv;charset=utf-8' }), name);
    },
    onSuccess: () => announce(inboxWords.exported),
  });
  return { exportCsv: () => mutate(), isExporting: isPending, exportFailure: error && toFailure(error) };
}
