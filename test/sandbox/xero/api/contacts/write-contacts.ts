import { findContact, saveContact } from '../../records/contact-book.ts';
import {
  archivedProblems,
  type ContactDraft,
  contactDraftSchema,
  contactProblems,
} from '../../records/contact-draft.ts';
import { groupsOf } from '../../records/contact-group-book.ts';
import type { Contact } from '../../records/types.ts';
import type { ApiAnswer, ApiCall } from '../route.ts';
import { invalidJson, requireNamed, type WriteMode, writeElements } from '../writes/write-elements.ts';
import { contactToWire } from './contact-wire.ts';

export function writeContacts(call: ApiCall, mode: WriteMode): ApiAnswer {
  requireNamed(mode, findContact(call.books, { ContactID: call.params.id ?? '' }));
  const targetOf = (draft: ContactDraft) => (mode === 'create' ? undefined : findContact(call.books, draft));
  return writeElements<ContactDraft>(call, {
    plural: 'Contacts',
    read: (element) => readDraft(element, call.params.id),
    problemsOf: (draft) => ({ document: problemsOf(call, draft, targetOf(draft)), contact: [], lines: [] }),
    toRefused: (draft) => ({ ...draft, HasValidationErrors: true }),
    save: (draft) => {
      const saved = saveContact(call.books, draft, targetOf(draft), call.sandbox.clock.now());
      return contactToWire(saved, { level: 'full', groups: groupsOf(call.books, saved.ContactID) });
    },
  });
}

function problemsOf({ books }: ApiCall, draft: ContactDraft, known: Contact | undefined): string[] {
  return [...archivedProblems(draft, known), ...contactProblems(books, draft, known)];
}

function readDraft(element: unknown, id: string | undefined): ContactDraft {
  const parsed = contactDraftSchema.safeParse(element);
  if (!parsed.success) throw invalidJson();
  return id === undefined ? parsed.data : { ...parsed.data, ContactID: id };
}
