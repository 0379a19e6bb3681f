import { useInfiniteQuery, useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
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

/** How often a run that goes on is looked at, in milliseconds. */
const everyMs = 1_500;

export function hasEnded({ status }: Pick<Run, 'status'>): boolean {
  return status !== 'queued' && status !== 'running';
}

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
export function useRun(id: string, onEnded?: (run: Run) => void) {
  const { session } = useFrame();
  const reload = useReload();
  const query = useQuery({
    queryKey: ['run', id],
    queryFn: async () =>
      (await session.call<typeof getRunRoute>({ method: 'GET', path: '/api/runs/:id', params: { id } })).run,
    staleTime: 0,
    refetchInterval: ({ state: { data, status } }) =>
      status === 'error' || (data && hasEnded(data)) ? false : everyMs,
  });
  const run = query.data;
  const isOver = run !== undefined && hasEnded(run);
  const ended = useRef(onEnded);
  ended.current = onEnded;
  // biome-ignore lint/correctness/useExhaustiveDependencies: once, when the run ends
  useEffect(() => {
    if (!isOver || !run) return;
    ended.current?.(run);
    reload();
  }, [isOver]);
  return { run, failure: query.error && toFailure(query.error), refetch: () => void query.refetch() };
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

export function useCancel(id: string) {
  const { session } = useFrame();
  const client = useQueryClient();
  const reload = useReload();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () =>
      session.call<typeof cancelRunRoute>({ method: 'POST', path: '/api/runs/:id/cancel', params: { id } }),
    onSuccess: ({ run }) => client.setQueryData(['run', id], run),
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
