import { useState } from 'react';
import { findKeptText, forgetText, keepText } from '#widget/lib/kept-text.ts';
import { useOpened } from '#widget/session/use-opened.ts';
import { type ContactDraft, draftFrom, type KnownDetails } from './contact-draft.ts';
import { contactKey } from './kept-contact.ts';
import type { LinkTarget } from './link-target.ts';

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
