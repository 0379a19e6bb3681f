import { type Query, useInfiniteQuery, useMutation, useQueries, useQueryClient } from '@tanstack/react-query';
import { useEffect, useRef } from 'react';
import type {
  cancelRunRoute,
  getRunRoute,
  listRunRowsRoute,
  listRunsRoute,
  Run,
  undoRunRoute,
} from '#shared/contract/sync/runs.ts';
import { toFailure } from '#widget/session/failures/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import { useReload } from '../use-reload.ts';
import { hasEnded } from './has-ended.ts';
import { sumRuns } from './run-groups.ts';

/** How often a run that goes on is looked at, in milliseconds. */
const everyMs = 1_500;

/** Who sent what and when, the newest first. Looked at again while one of them goes on. */
export function useRuns() {
  const { session } = useFrame();
  const query = useInfiniteQuery({
    queryKey: ['sync', 'runs'],
    queryFn: ({ pageParam }) =>
      session.call<typeof listRunsRoute>({
        method: 'GET',
        path: '/api/runs',
        query: { limit: '20', ...(pageParam !== null && { cursor: pageParam }) },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.hasMore ? last.cursor : null),
    staleTime: 0,
    refetchInterval: ({ state: { data } }) =>
      data?.pages.some(({ runs }) => runs.some((run) => !hasEnded(run))) ? everyMs * 2 : false,
  });
  return {
    runs: query.data?.pages.flatMap(({ runs }) => runs),
    failure: query.error && toFailure(query.error),
    isFetching: query.isFetching,
    refetch: () => void query.refetch(),
    showMore: query.hasNextPage ? () => void query.fetchNextPage() : null,
    isLoadingMore: query.isFetchingNextPage,
  };
}

/** One run until it has ended. Then everything on the screen is loaded again. */
export function useRun(id: string) {
  const { runs, failure, refetch } = useStartedRuns([id]);
  return { run: runs[0], failure, refetch };
}

/** Runs that one press started, until all have ended. None until all are there. */
export function useStartedRuns(ids: readonly string[], onEnded?: (sum: Run) => void) {
  const { session } = useFrame();
  const reload = useReload();
  const queries = useQueries({
    queries: ids.map((id) => ({
      queryKey: ['run', id],
      queryFn: async () =>
        (await session.call<typeof getRunRoute>({ method: 'GET', path: '/api/runs/:id', params: { id } })).run,
      staleTime: 0,
      refetchInterval: ({ state: { data, status } }: Query<Run>) =>
        status === 'error' || (data && hasEnded(data)) ? false : everyMs,
    })),
  });
  const known = queries.flatMap(({ data }) => data ?? []);
  const runs = known.length === ids.length ? known : [];
  const [first, ...more] = runs;
  const isOver = first !== undefined && runs.every(hasEnded);
  const ended = useRef(onEnded);
  ended.current = onEnded;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the runs have ended
  useEffect(() => {
    if (!isOver || !first) return;
    ended.current?.(sumRuns([first, ...more]));
    reload();
  }, [isOver]);
  const error = queries.find((query) => query.error)?.error;
  return {
    runs,
    failure: error && toFailure(error),
    refetch: () => queries.forEach((query) => void query.refetch()),
  };
}

/** What the run did with each record, or would do. */
export function useRunRows(id: string) {
  const { session } = useFrame();
  const query = useInfiniteQuery({
    queryKey: ['sync', 'runs', id, 'rows'],
    queryFn: ({ pageParam }) =>
      session.call<typeof listRunRowsRoute>({
        method: 'GET',
        path: '/api/runs/:id/rows',
        params: { id },
        query: { limit: '50', ...(pageParam !== null && { cursor: pageParam }) },
      }),
    initialPageParam: null as string | null,
    getNextPageParam: (last) => (last.hasMore ? last.cursor : null),
    staleTime: 0,
  });
  return {
    rows: query.data?.pages.flatMap(({ rows }) => rows),
    failure: query.error && toFailure(query.error),
    isFetching: query.isFetching,
    refetch: () => void query.refetch(),
    showMore: query.hasNextPage ? () => void query.fetchNextPage() : null,
  };
}

/** Stops these runs, as far as they go on. */
export function useCancel(...ids: readonly string[]) {
  const { session } = useFrame();
  const client = useQueryClient();
  const reload = useReload();
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      for (const id of ids) {
        const known = client.getQueryData<Run>(['run', id]);
        if (known && hasEnded(known)) continue;
        const request = { method: 'POST', path: '/api/runs/:id/cancel', params: { id } } as const;
        const { run } = await session.call<typeof cancelRunRoute>(request);
        client.setQueryData(['run', id], run);
      }
    },
    onSettled: reload,
  });
  return { cancel: () => mutate(), isCancelling: isPending, failure: error && toFailure(error) };
}

/** Starts the undo of a run, or its plan. `onStarted` gets the id of the run that does it. */
export function useUndo(id: string, onStarted: (runId: string, dryRun: boolean) => void) {
  const { session } = useFrame();
  const reload = useReload();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (dryRun: boolean) =>
      session.call<typeof undoRunRoute>({
        method: 'POST',
        path: '/api/runs/:id/undo',
        params: { id },
        body: { dryRun },
      }),
    onSuccess: ({ runId }, dryRun) => onStarted(runId, dryRun),
    onSettled: reload,
  });
  return { undo: mutate, isStarting: isPending, failure: error && toFailure(error) };
}
