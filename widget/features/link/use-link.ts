import { useMutation } from '@tanstack/react-query';
import type { linkRoute } from '#shared/contract/contact.ts';
import type { XeroContact } from '#shared/contract/xero-contact.ts';
import { toFailure } from '#widget/session/failures/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import type { LinkTarget } from './link-target.ts';
import { linkWords } from './words.ts';

export function useLink({ record, onLinked }: LinkTarget) {
  const { session, host, announce } = useFrame();
  const { mutate, isPending, error, variables } = useMutation({
    mutationFn: (contact: XeroContact) =>
      session.call<typeof linkRoute>({ method: 'PUT', path: '/api/link', body: { contactId: contact.id, record } }),
    onSuccess: ({ view }, contact) => {
      announce(linkWords.linked(contact.name));
      host.send({ type: 'event', name: 'linked', detail: {} });
      onLinked(view);
    },
  });
  return {
    link: mutate,
    /** The contact that is being linked right now. */
    linking: isPending ? variables : undefined,
    failure: error && toFailure(error),
  };
}

export type Linking = ReturnType<typeof useLink>;
