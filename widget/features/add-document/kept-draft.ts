import type { DocumentKind } from '#shared/contract/document.ts';
import type { Opened } from '#shared/contract/open.ts';
import type { DocumentDraft } from './draft.ts';
import type { DocumentRequest } from './read-draft.ts';

/** What was sent; while its outcome is not known it is what is sent again, unchanged. */
export type Sent = { request: DocumentRequest; lineIds: string[]; previewTotal: string | null };

/** One form of one person: what was typed, and the key that makes its document one. It holds no secrets. */
export type KeptForm = {
  formKey: string;
  draft: DocumentDraft;
  /** An instant. */
  keptAt: string;
  /** Files themselves cannot be kept; their names remind. */
  fileNames: string[];
  sent: Sent | null;
};

export type KeptPlace = { opened: Opened; contactId: string; kind: DocumentKind };

/**
 * In the frame's `sessionStorage`: it lives as long as the tab, and survives a reload of the page. A browser that
 * gives frames no storage keeps nothing, and forms work all the same.
 */
export function findKept(place: KeptPlace): KeptForm | null {
  return tryStorage((storage) => {
    const text = storage.getItem(keyOf(place));
    return text === null ? null : (JSON.parse(text) as KeptForm);
  });
}

export function keep(place: KeptPlace, form: KeptForm): void {
  tryStorage((storage) => storage.setItem(keyOf(place), JSON.stringify(form)));
}

export function forget(place: KeptPlace): void {
  tryStorage((storage) => storage.removeItem(keyOf(place)));
}

/** The version changes with the shape of what is kept. */
const version = 'ledgerside:form:1';

/** A person, a record, a contact, a kind: nobody else's text turns up, and none of another organisation's. */
function keyOf({ opened: { organisation, user, record }, contactId, kind }: KeptPlace): string {
  return JSON.stringify([version, organisation?.id, user.id, record.type, record.id, contactId, kind]);
}

function tryStorage<Answer>(use: (storage: Storage) => Answer): Answer | null {
  try {
    return use(sessionStorage);
  } catch {
    return null;
  }
}
