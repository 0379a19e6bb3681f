import { type ClipboardEvent, type DragEvent, type KeyboardEvent, useEffect, useRef, useState } from 'react';
import { useFrame } from '#widget/session/frame.ts';
import { IconButton } from '#widget/ui/button.tsx';
import { Confirm } from '#widget/ui/confirm.tsx';
import { kindWords } from '#widget/ui/documents/kind-words.ts';
import { Header } from '#widget/ui/header.tsx';
import { AttachmentPicker } from './attachments/attachment-picker.tsx';
import { DocumentFields, MoreFields } from './document-fields.tsx';
import { FormNotes } from './form-notes.tsx';
import { Lines } from './lines/lines.tsx';
import { Totals } from './lines/totals.tsx';
import { SaveBar } from './save-bar.tsx';
import { type DocumentFormState as Form, useDocumentForm } from './use-document-form.ts';
import { attachWords, formWords, forWhom } from './words.ts';

type Props = Parameters<typeof useDocumentForm>[0] & { contactName: string; onClose(isUnknown: boolean): void };

/** The form of one document. Typed text stays, whatever fails. */
export function DocumentForm({ contactName, onClose, ...asked }: Props) {
  const { context } = useFrame();
  const form = useDocumentForm(asked);
  const [isAsking, setIsAsking] = useState(false);
  const element = useRef<HTMLFormElement>(null);
  const { isOver, ...drop } = useFileDrop(form);
  useFocus(element, form);
  const { opened, kind } = asked.place;
  // Closing does not discard what was sent. The view shows it until its outcome is known.
  const close = () => (form.isTouched && !form.isLocked ? setIsAsking(true) : onClose(form.isLocked));
  const onKeyDown = (event: KeyboardEvent) => {
    if (event.key === 'Enter' && (event.ctrlKey || event.metaKey) && !form.isLocked) form.save('draft');
  };
  return (
    <form
      ref={element}
      className="add-document-form"
      lang={context.locale}
      noValidate
      aria-label={kindWords[kind].add}
      onSubmit={(event) => event.preventDefault()}
      onKeyDown={onKeyDown}
      {...drop}
    >
      <Header title={kindWords[kind].add} subtitle={forWhom(kind, contactName)}>
        <IconButton icon="close" label={formWords.close} onClick={close} />
      </Header>
      {isAsking && (
        <Confirm
          title={formWords.discardTitle(kind)}
          confirmLabel={formWords.discard}
          cancelLabel={formWords.keep}
          isBusy={false}
          onConfirm={() => {
            form.discard();
            onClose(false);
          }}
          onCancel={() => setIsAsking(false)}
        >
          {formWords.discardText}
        </Confirm>
      )}
      <FormNotes form={form} kind={kind} />
      <fieldset className="pad" disabled={form.isLocked}>
        <DocumentFields form={form} />
        <Lines form={form} />
        <Totals form={form} />
        <MoreFields form={form} />
        <AttachmentPicker attachments={form.attachments} />
      </fieldset>
      {isOver && <p className="add-document-drop">{attachWords.drop}</p>}
      <SaveBar form={form} opened={opened} onCancel={close} />
    </form>
  );
}

/** Moves the focus to what was refused or has to be done next. At the start, to the first field that is empty. */
function useFocus(element: { current: HTMLElement | null }, { troubleCount, isUnknown, draft }: Form) {
  // biome-ignore lint/correctness/useExhaustiveDependencies: only a refusal or an unknown outcome moves the focus
  useEffect(() => {
    const first = { quote: 'title', invoice: 'reference', bill: 'number' }[draft.kind];
    const places = ['[aria-invalid=true]', '[data-part=trouble]', '[data-part=outcome] button'];
    const found = places.map((place) => element.current?.querySelector<HTMLElement>(place)).find((place) => place);
    const place = found ?? (troubleCount === 0 ? element.current?.querySelector<HTMLElement>(`[name=${first}]`) : null);
    place?.focus();
  }, [troubleCount, isUnknown]);
}

/** Takes files that are dropped on the form or pasted into it. */
function useFileDrop({ attachments, isLocked }: Form) {
  const [isOver, setIsOver] = useState(false);
  const take = (list: FileList | undefined, event: { preventDefault(): void }) => {
    if (!list || list.length === 0 || isLocked) return;
    event.preventDefault();
    attachments.add([...list]);
  };
  return {
    isOver,
    onPaste: (event: ClipboardEvent) => take(event.clipboardData.files, event),
    onDragOver: (event: DragEvent) => {
      if (!event.dataTransfer.types.includes('Files')) return;
      event.preventDefault();
      setIsOver(true);
    },
    onDragLeave: (event: DragEvent) => {
      if (!event.currentTarget.contains(event.relatedTarget instanceof Node ? event.relatedTarget : null))
        setIsOver(false);
    },
    onDrop: (event: DragEvent) => {
      setIsOver(false);
      event.preventDefault();
      take(event.dataTransfer.files, event);
    },
  };
}
