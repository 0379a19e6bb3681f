import { useMutation, useQueryClient } from '@tanstack/react-query';
import type { Opened } from '#shared/contract/session/open.ts';
import type { connectRoute } from '#shared/contract/settings.ts';
import { toFailure } from './failures/failure.ts';
import { useFrame } from './frame.ts';
import { openedKey } from './use-opened.ts';

/** Connects Xero. The top-level page goes to the connect page, because Xero's consent cannot be in a frame. */
export function useConnect() {
  const { session, host } = useFrame();
  const isAdmin = useQueryClient().getQueryData<Opened>(openedKey)?.user.admin ?? false;
  const { mutate, isPending, isSuccess, error } = useMutation({
    mutationFn: () => session.call<typeof connectRoute>({ method: 'POST', path: '/api/connect' }),
    onSuccess: ({ url }) => host.send({ type: 'navigate', path: url }),
  });
  return { isAdmin, connect: () => mutate(), isLeaving: isPending || isSuccess, failure: error && toFailure(error) };
}
