import { useMutation } from '@tanstack/react-query';
import type { actOnRecordsRoute, syncRecordsRoute } from '#shared/contract/sync/actions.ts';
import { toFailure } from '#widget/session/failures/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import type { BulkRequest, PlanRequest } from './inbox/selection.ts';
import { useReload } from './use-reload.ts';

/**
 * Starts actions on many records, or dry runs of sending them. Each request becomes a run; `onStarted` gets each run's id
 * at once.
 */
export function useBulk(onStarted: (runId: string, isPlan: boolean) => void) {
  const { session } = useFrame();
  const reload = useReload();
  const { mutate, isPending, error } = useMutation({
    mutationFn: async ({
      acts = [],
      plans = [],
    }: {
      acts?: readonly BulkRequest[];
      plans?: readonly PlanRequest[];
    }) => {
      for (const body of acts) {
        const request = { method: 'POST', path: '/api/records/actions', body } as const;
        onStarted((await session.call<typeof actOnRecordsRoute>(request)).runId, false);
      }
      for (const body of plans) {
        const request = { method: 'POST', path: '/api/records/sync', body } as const;
        onStarted((await session.call<typeof syncRecordsRoute>(request)).runId, true);
      }
    },
    onSettled: reload,
  });
  return { start: mutate, isStarting: isPending, failure: error && toFailure(error) };
}
