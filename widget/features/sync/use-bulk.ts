import { useMutation } from '@tanstack/react-query';
import type { actOnRecordsRoute } from '#shared/contract/sync/actions.ts';
import { toFailure } from '#widget/session/failures/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import type { BulkRequest } from './inbox/selection.ts';
import { useReload } from './use-reload.ts';

/** Starts an action on many records. Each request becomes a run; `onStarted` gets each run's id at once. */
export function useBulk(onStarted: (runId: string) => void) {
  const { session } = useFrame();
  const reload = useReload();
  const { mutate, isPending, error } = useMutation({
    mutationFn: async (requests: readonly BulkRequest[]) => {
      for (const body of requests) {
        const request = { method: 'POST', path: '/api/records/actions', body } as const;
        onStarted((await session.call<typeof actOnRecordsRoute>(request)).runId);
      }
    },
    onSettled: reload,
  });
  return { start: mutate, isStarting: isPending, failure: error && toFailure(error) };
}
