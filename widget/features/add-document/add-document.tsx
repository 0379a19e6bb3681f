import { useState } from 'react';
import type { CreatedDocument, DocumentKind } from '#shared/contract/document.ts';
import type { Opened } from '#shared/contract/session/open.ts';
import { useFrame } from '#widget/session/frame.ts';
import { useChoices } from '#widget/session/use-choices.ts';
import { IconButton } from '#widget/ui/button.tsx';
import { FailureNote } from '#widget/ui/failures/failure-note.tsx';
import { Header } from '#widget/ui/header.tsx';
import { RowsSkeleton } from '#widget/ui/skeleton.tsx';
import { useAttachments } from './attachments/use-attachments.ts';
import { DocumentForm } from './document-form.tsx';
import { type Saved, SavedDocument } from './saved-document.tsx';
import { formWords, forWhom, savedWords } from './words.ts';
import '#widget/ui/styles/screens.css';
import './form.css';
import './attachments/attachments.css';
import './lines/form-table.css';
import { kindWords } from '#widget/ui/documents/kind-words.ts';

export type AddDocumentProps = {
  opened: Opened;
  kind: DocumentKind;
  contact: { id: string; name: string };
  /** Starts with the deal's lines. */
  isFromDeal: boolean;
  /** Goes back to the figures. `isUnknown`: it is not known whether Xero saved what was sent. */
  onClose(isUnknown: boolean): void;
  /** The document is in Xero, so the figures are out of date. */
  onCreated(): void;
};

/** Adds a quote, an invoice or a bill: loads the choices, shows the form, then the saved document. */
export function AddDocument({ opened, kind, contact, isFromDeal, onClose, onCreated }: AddDocumentProps) {
  const { choices, failure, isFetching, retry } = useChoices(contact.id);
  const attachments = useAttachments();
  const { saved, finish } = useFinished(kind, onCreated);
  const done = (created: CreatedDocument, previewTotal: string | null) => {
    finish(created, previewTotal);
    void attachments.sendAll(created.document);
  };
  if (saved)
    return (
      <SavedDocument saved={saved} contactName={contact.name} attachments={attachments} onDone={() => onClose(false)} />
    );
  if (choices)
    return (
      <DocumentForm
        place={{ opened, kind, contactId: contact.id }}
        contactName={contact.name}
        choices={choices}
        isFromDeal={isFromDeal}
        attachments={attachments}
        onClose={onClose}
        onCreated={done}
      />
    );
  return (
    <>
      <Header title={kindWords[kind].add} subtitle={forWhom(kind, contact.name)}>
        <IconButton icon="close" label={formWords.close} onClick={() => onClose(false)} />
      </Header>
      {failure ? <FailureNote failure={failure} isRetrying={isFetching} onRetry={retry} /> : <RowsSkeleton />}
    </>
  );
}

/** Tells the person, the page around the frame, and the figures. */
function useFinished(kind: DocumentKind, onCreated: () => void) {
  const { host, announce } = useFrame();
  const [saved, setSaved] = useState<Saved | null>(null);
  const finish = (created: CreatedDocument, previewTotal: string | null) => {
    const { id, number, url } = created.document;
    setSaved({ created, previewTotal });
    announce(savedWords.saved(kind, number));
    host.send({ type: 'event', name: 'created', detail: { kind, id, number, url: url ?? '' } });
    onCreated();
  };
  return { saved, finish };
}
