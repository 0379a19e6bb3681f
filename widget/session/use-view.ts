import { useQuery, useQueryClient } from '@tanstack/react-query';
import { useEffect, useState } from 'react';
import type { getViewRoute, SessionView } from '#shared/contract/session/view.ts';
import { isOffline, type Told, toFailure, toTold } from './failures/failure.ts';
import { useFrame } from './frame.ts';
import { useHealing } from './use-healing.ts';
import { useNetwork } from './use-network.ts';

export const viewKey = ['view'];

/** Waits before an incomplete view is loaded again, in milliseconds. After the last one, the person can refresh. */
const staleWaitsMs = [1_000, 3_000, 6_000, 12_000, 24_000, 48_000];

/** `failure`: why newer figures could not be loaded. The view is the last good one. */
export type ViewState = Told & {
  view: SessionView;
  isFetching: boolean;
  /** `fresh` asks Xero, `known` takes what the server has. */
  refresh(how: 'fresh' | 'known'): Promise<void>;
  /** Shows the view that an action answered with. Views that are still loading are dropped. */
  replace(view: SessionView): Promise<void>;
};

export function useView(first: SessionView): ViewState {
  const { session } = useFrame();
  const client = useQueryClient();
  const query = useQuery<SessionView>({ queryKey: viewKey, initialData: first, enabled: false });
  const view = query.data ?? first;
  const told = toTold(query.error ? toFailure(query.error) : 'error' in view && view.error ? view.error : null);
  const { failure } = told;

  async function refresh(how: 'fresh' | 'known') {
    if (how === 'fresh') await client.cancelQueries({ queryKey: viewKey });
    const fresh = how === 'fresh' ? 'true' : undefined;
    const queryFn = () => session.call<typeof getViewRoute>({ method: 'GET', path: '/api/view', query: { fresh } });
    // The query keeps the error, so it is not reported twice.
    await client.fetchQuery({ queryKey: viewKey, queryFn, staleTime: 0 }).catch(() => undefined);
  }

  async function replace(next: SessionView) {
    await client.cancelQueries({ queryKey: viewKey });
    client.setQueryData(viewKey, next);
  }

  useStalePolling(view, failure !== null, query.dataUpdatedAt, () => refresh('known'));
  useHealing(failure, () => refresh('known'));
  useNetwork(async () => {
    // A request sent before the network was lost may still be answered, and would hide that it is lost.
    if (isOffline()) await client.cancelQueries({ queryKey: viewKey });
    await refresh('known');
  });
  return { ...told, view, isFetching: query.isFetching, refresh, replace };
}

/** Asks again, with growing waits, while the view is incomplete and nothing failed. */
function useStalePolling(view: SessionView, hasFailed: boolean, updatedAt: number, poll: () => void) {
  const [tries, setTries] = useState(0);
  const isStale = isIncomplete(view) && !hasFailed;
  // biome-ignore lint/correctness/useExhaustiveDependencies: each answer (updatedAt) starts the next wait, not each render
  useEffect(() => {
    if (!isStale) return setTries(0);
    const waitMs = staleWaitsMs[tries];
    if (waitMs === undefined) return;
    const timer = setTimeout(() => {
      setTries(tries + 1);
      poll();
    }, waitMs);
    return () => clearTimeout(timer);
  }, [isStale, updatedAt]);
}

/** Newer figures are loading, or unused credit, which the server loads after the first answer. */
function isIncomplete(view: SessionView): boolean {
  if (!('stale' in view)) return false;
  return view.stale || (view.status !== 'deal' && view.summary?.credit === null);
}
