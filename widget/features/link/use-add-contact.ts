import { useMutation } from '@tanstack/react-query';
import type { createContactRoute } from '#shared/contract/contact.ts';
import { toFailure } from '#widget/session/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import { type ContactDraft, toNewContact } from './contact-draft.ts';
import type { LinkTarget } from './link-target.ts';
import { addWords } from './words.ts';

/** Creates the contact in Xero, links it, and tells the page of both. */
export function useAddContact({ record, onLinked }: LinkTarget) {
  const { session, host, announce } = useFrame();
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: (draft: ContactDraft) =>
      session.call<typeof createContactRoute>({
        method: 'POST',
        path: '/api/contacts',
        body: { ...toNewContact(draft), record },
      }),
    onSuccess: ({ contact, view }) => {
      announce(addWords.created(contact.name));
      const created = { kind: 'contact', id: contact.id, number: null, url: contact.url ?? '' };
      host.send({ type: 'event', name: 'created', detail: created });
      host.send({ type: 'event', name: 'linked', detail: {} });
      onLinked(view);
    },
  });
  return { create: mutate, isCreating: isPending, failure: error && toFailure(error), forget: reset };
}
