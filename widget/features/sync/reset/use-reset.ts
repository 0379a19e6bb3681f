import { useMutation } from '@tanstack/react-query';
import type { resetRoute } from '#shared/contract/sync/runs.ts';
import { toFailure } from '#widget/session/failures/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import { useReload } from '../use-reload.ts';

type Asked = { dryRun: true } | { confirm: string };

/** Starts a reset, or its dry run. `onStarted` gets the id of the run that does it. */
export function useReset(onStarted: (runId: string) => void) {
  const { session } = useFrame();
  const reload = useReload();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (body: Asked) => session.call<typeof resetRoute>({ method: 'POST', path: '/api/sync/reset', body }),
    onSuccess: ({ runId }) => onStarted(runId),
    onSettled: reload,
  });
  return { start: mutate, isStarting: isPending, failure: error && toFailure(error) };
}
