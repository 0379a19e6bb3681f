import { useMutation } from '@tanstack/react-query';
import type { bringRoute } from '#shared/contract/sync/bring.ts';
import { toFailure } from '#widget/session/failures/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import { useReload } from '../use-reload.ts';

type Asked = { since?: string; dryRun?: boolean };

/** Reads Xero for bills now, or says what would come. `onStarted`: the run is listed. */
export function useBring(onStarted: () => void) {
  const { session } = useFrame();
  const reload = useReload();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (asked: Asked) =>
      session.call<typeof bringRoute>({
        ...{ method: 'POST', path: '/api/sync/bring' },
        body: { ...asked, kinds: ['bills'] },
      }),
    onSuccess: () => {
      reload();
      onStarted();
    },
  });
  return { bring: mutate, isStarting: isPending, failure: error && toFailure(error) };
}
