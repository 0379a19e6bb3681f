import { useInfiniteQuery } from '@tanstack/react-query';
import type { listRecordsRoute } from '#shared/contract/sync/records.ts';
import { toFailure } from '#widget/session/failures/failure.ts';
import { useFrame } from '#widget/session/frame.ts';

const states = 'problem,question,changed';

/** The records that wait for a person, page by page, the newest change of state first. */
export function useAttention() {
  const { session } = useFrame();
  const query = useInfiniteQuery({
    queryKey: ['sync', 'attention'],
    queryFn: ({ pageParam }) =>
      session.call<typeof listRecordsRoute>({
        method: 'GET',
        path: '/api/records',
        query: { state: states, limit: '50', ...(pageParam !== null && { cursor: pageParam }) },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.hasMore ? last.cursor : null),
  });
  return {
    records: query.data?.pages.flatMap(({ records }) => records),
    total: query.data?.pages[0]?.total ?? 0,
    failure: query.error && toFailure(query.error),
    isFetching: query.isFetching,
    refetch: query.refetch,
    showMore: query.hasNextPage ? () => void query.fetchNextPage() : null,
  };
}
