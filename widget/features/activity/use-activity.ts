import { useInfiniteQuery, useMutation } from '@tanstack/react-query';
import type { exportAuditRoute, listAuditRoute } from '#shared/contract/audit.ts';
import { toFailure } from '#widget/session/failures/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import { requestFile, saveFile } from '#widget/session/requests/request-file.ts';
import { activityWords } from './words.ts';

/** An empty text means no filter. */
export type ActivityFilter = { userId: string; action: string };

/** The audit, page by page. Opening it always loads it again. */
export function useActivity(filter: ActivityFilter) {
  const { session } = useFrame();
  const query = useInfiniteQuery({
    queryKey: ['activity', filter],
    queryFn: ({ pageParam }) =>
      session.call<typeof listAuditRoute>({
        method: 'GET',
        path: '/api/audit',
        query: { ...toQuery(filter), ...(pageParam !== null && { before: pageParam }) },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => last.next,
    gcTime: 0,
    placeholderData: (before) => before,
  });
  return {
    pages: query.data?.pages,
    failure: query.error && toFailure(query.error),
    isFetching: query.isFetching,
    refetch: query.refetch,
    hasOlder: query.hasNextPage,
    isLoadingOlder: query.isFetchingNextPage,
    loadOlder: () => query.fetchNextPage(),
  };
}

/** Downloads everything that matches the filter. */
export function useExport(filter: ActivityFilter) {
  const { session, format, announce } = useFrame();
  const path: (typeof exportAuditRoute)['path'] = '/api/audit.csv';
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      const search = new URLSearchParams(toQuery(filter)).toString();
      const file = await session.withBearer((bearer, signal) =>
        requestFile((url, init) => fetch(url, init), { path: search ? `${path}?${search}` : path, bearer, signal }),
      );
      saveFile(file, `ledgerside-activity-${format.now().toISOString().slice(0, 10)}.csv`);
    },
    onSuccess: () => announce(activityWords.exported),
  });
  return { exportCsv: () => mutate(), isExporting: isPending, exportFailure: error && toFailure(error) };
}

function toQuery({ userId, action }: ActivityFilter) {
  return { ...(userId !== '' && { userId }), ...(action !== '' && { action }) };
}
