import { useMutation } from '@tanstack/react-query';
import type { actOnRecordsRoute, syncRecordsRoute } from '#shared/contract/sync/actions.ts';
import { toFailure } from '#widget/session/failures/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import type { BulkRequest, PlanRequest } from './inbox/selection.ts';
import { useReload } from './use-reload.ts';

/**
 * Starts actions on many records, or dry runs of sending them. Each request becomes a run. `onStarted` gets the id of
 * each action's run at once, and the ids of the dry runs together, as they are shown as one.
 */
export function useBulk(onStarted: (runIds: readonly string[], isPlan: boolean) => void) {
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
        onStarted([(await session.call<typeof actOnRecordsRoute>(request)).runId], false);
      }
      const planIds: string[] = [];
      try {
        for (const body of plans) {
          const request = { method: 'POST', path: '/api/records/sync', body } as const;
          planIds.push((await session.call<typeof syncRecordsRoute>(request)).runId);
        }
      } finally {
        // Those that began are shown, also when a later one could not.
        if (planIds.length > 0) onStarted(planIds, true);
      }
    },
    onSettled: reload,
  });
  return { start: mutate, isStarting: isPending, failure: error && toFailure(error) };
}
