import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { createContactRoute } from '#shared/contract/contact.ts';
import { findKeptText, forgetText, keepText } from '#widget/lib/kept-text.ts';
import { toFailure } from '#widget/session/failures/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import { useOpened } from '#widget/session/use-opened.ts';
import { type ContactDraft, draftFrom, type KnownDetails, toNewContact } from './contact-draft.ts';
import type { LinkTarget } from './link-target.ts';
import { contactKey } from './link-target.ts';
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

/** The typed text, stored with every change until the contact is created or discarded. */
export function useContactText(known: KnownDetails, { record }: LinkTarget) {
  const { opened } = useOpened();
  const key = opened && contactKey(opened, record);
  const [draft, setDraft] = useState(() => (key && findKeptText<ContactDraft>(key)) || draftFrom(known));
  const change = (next: ContactDraft) => {
    if (key) keepText(key, next);
    setDraft(next);
  };
  return { draft, change, forget: () => key && forgetText(key) };
}
