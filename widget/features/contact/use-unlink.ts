import { useMutation } from '@tanstack/react-query';
import type { unlinkRoute } from '#shared/contract/contact.ts';
import type { View } from '#shared/contract/view.ts';
import { toFailure } from '#widget/lib/failure.ts';
import { useFrame } from '#widget/lib/frame.ts';
import { contactWords } from './words.ts';

/** Takes this record's own link away. `onDone` gets the view that follows. */
export function useUnlink(contactName: string, onDone: (view: View) => void) {
  const { session, host, announce } = useFrame();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => session.call<typeof unlinkRoute>({ method: 'DELETE', path: '/api/link' }),
    onSuccess: ({ view }) => {
      announce(contactWords.unlinked(contactName));
      host.send({ type: 'event', name: 'unlinked', detail: {} });
      onDone(view);
    },
  });
  return { unlink: () => mutate(), isUnlinking: isPending, failure: error && toFailure(error) };
}
