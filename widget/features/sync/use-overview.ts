import { useQuery } from '@tanstack/react-query';
import type { getOverviewRoute } from '#shared/contract/sync/overview.ts';
import { toFailure } from '#widget/session/failures/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import { useHealing } from '#widget/session/use-healing.ts';
import { useNetwork } from '#widget/session/use-network.ts';

/** How often counts are loaded again while the page is visible, in milliseconds. */
const everyMs = 30_000;

/** Counts by kind and state, and what needs a person. */
export function useOverview() {
  const { session } = useFrame();
  const query = useQuery({
    queryKey: ['sync', 'overview'],
    queryFn: () => session.call<typeof getOverviewRoute>({ method: 'GET', path: '/api/sync' }),
    refetchInterval: ({ state }) => (state.status === 'error' ? false : everyMs),
  });
  const failure = query.error && toFailure(query.error);
  const refetch = () => void query.refetch();
  useHealing(failure, refetch);
  useNetwork(refetch);
  return { overview: query.data, failure, isFetching: query.isFetching, refetch };
}
