import type { DocumentKind } from '#shared/contract/document.ts';
import type { Opened } from '#shared/contract/session/open.ts';
import { findKeptText, forgetText, keepText } from '#widget/lib/kept-text.ts';
import type { DocumentDraft } from './draft.ts';
import type { DocumentRequest } from './read-draft.ts';

/** The body that was sent. It is sent again unchanged until its outcome is known. */
export type Sent = { request: DocumentRequest; lineIds: string[]; previewTotal: string | null };

/** The kept text of one form, with the key that prevents a second document. It holds no secrets. */
export type KeptForm = {
  idempotencyKey: string;
  draft: DocumentDraft;
  /** An instant. */
  keptAt: string;
  /** Files cannot be kept, so their names remind the person. */
  fileNames: string[];
  sent: Sent | null;
};

export type KeptPlace = { opened: Opened; contactId: string; kind: DocumentKind };

export function findKept(place: KeptPlace): KeptForm | null {
  return findKeptText<KeptForm>(keyOf(place));
}

export function keep(place: KeptPlace, form: KeptForm): void {
  keepText(keyOf(place), form);
}

export function forget(place: KeptPlace): void {
  forgetText(keyOf(place));
}

/** Change the version when the kept shape changes. */
const version = 'ledgerside:form:2';

/** The key names person, record, contact, kind and organisation, so that nobody sees another one's text. */
function keyOf({ opened: { organisation, user, record }, contactId, kind }: KeptPlace): string {
  return JSON.stringify([version, organisation?.id, user.id, record.type, record.id, contactId, kind]);
}
