import type { DocumentKind } from '#shared/contract/document.ts';
import type { Opened } from '#shared/contract/open.ts';
import { findKeptText, forgetText, keepText } from '#widget/lib/kept-text.ts';
import type { DocumentDraft } from './draft.ts';
import type { DocumentRequest } from './read-draft.ts';

/** What was sent; while its outcome is not known it is what is sent again, unchanged. */
export type Sent = { request: DocumentRequest; lineIds: string[]; previewTotal: string | null };

/** One form of one person: what was typed, and the key that makes its document one. It holds no secrets. */
export type KeptForm = {
  idempotencyKey: string;
  draft: DocumentDraft;
  /** An instant. */
  keptAt: string;
  /** Files themselves cannot be kept; their names remind. */
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

/** The version changes with the shape of what is kept. */
const version = 'ledgerside:form:2';

/** A person, a record, a contact, a kind: nobody else's text turns up, and none of another organisation's. */
function keyOf({ opened: { organisation, user, record }, contactId, kind }: KeptPlace): string {
  return JSON.stringify([version, organisation?.id, user.id, record.type, record.id, contactId, kind]);
}
