import { useMemo, useState } from 'react';
import type { Choices } from '#shared/contract/choices.ts';
import type { CreatedDocument, Finish } from '#shared/contract/document.ts';
import type { Failure } from '#widget/session/failures/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import type { Attachments } from './attachments/use-attachments.ts';
import type { DocumentDraft, FieldErrors } from './draft/draft.ts';
import { editDraft } from './draft/edit-draft.ts';
import type { KeptPlace, Sent } from './draft/kept-draft.ts';
import { previewDraft } from './draft/preview.ts';
import { placeErrors, readDraft, type SentLines } from './draft/read-draft.ts';
import { copyFromDeal, startDraft } from './draft/start-draft.ts';
import { createTyping } from './draft/typing.ts';
import { useFormText } from './use-form-text.ts';
import { isUncertain, useSave } from './use-save.ts';

type Asked = {
  place: KeptPlace;
  choices: Choices;
  isFromDeal: boolean;
  attachments: Attachments;
  onCreated(created: CreatedDocument, previewTotal: string | null): void;
};

/** Holds the form's text and errors, and saves it in Xero. */
export function useDocumentForm({ place, choices, isFromDeal, attachments, onCreated }: Asked) {
  const { format } = useFrame();
  const typing = useMemo(() => createTyping(format.locale, choices.organisation.today), [format.locale, choices]);
  const names = attachments.files.map(({ name }) => name);
  const text = useFormText(place, names, () => {
    const draft = startDraft(place.kind, choices, typing);
    return isFromDeal ? copyFromDeal(draft, choices, typing) : draft;
  });
  const trouble = useTrouble();
  const { draft, sent, setSent } = text;
  const complete = (created: CreatedDocument, was: Sent) => {
    text.forget();
    onCreated(created, was.previewTotal);
  };
  const saving = useSave(text.idempotencyKey, {
    writeDate: typing.writeDate,
    onCreated: complete,
    onFailed: (failure, was) => {
      const { document } = failure;
      if (isUncertain(failure)) return;
      if (document) return complete({ document, previewTotal: null, warnings: [] }, was);
      setSent(null);
      const dealLineIds = draft.lines.flatMap(({ id, dealLine }) => (dealLine === null ? [] : [id]));
      trouble.showRefusal(failure, { lineIds: was.lineIds, dealLineIds });
    },
  });
  const change = (next: DocumentDraft, ...mended: string[]) => {
    text.change(next);
    trouble.clear(mended);
  };
  /** Stored before sending, so that the form knows after a reload that something was sent. */
  const send = (next: Sent) => {
    setSent(next);
    saving.send(next);
  };

  function save(finish: Finish) {
    saving.forgetFailure();
    const reading = readDraft(draft, { contactId: place.contactId, choices, typing, finish });
    trouble.show(reading.isGood ? {} : reading.errors);
    if (!reading.isGood) return;
    const { total, isTaxKnown } = previewDraft(draft, choices, typing);
    send({ request: reading.request, lineIds: reading.lineIds, previewTotal: isTaxKnown ? total : null });
  }

  return {
    ...{ draft, typing, choices, attachments, save },
    ...editDraft({ draft, change, choices, kind: place.kind, typing }),
    ...{ errors: trouble.errors, otherTrouble: trouble.other, troubleCount: trouble.count },
    ...{ failure: saving.failure, isSaving: saving.isSaving },
    restored: text.restored,
    isTouched: text.isTouched || names.length > 0,
    /** It was sent and its outcome is unknown, so nothing can be changed. */
    isLocked: sent !== null,
    isUnknown: sent !== null && !saving.isSaving,
    retry: () => sent && send(sent),
    discard: text.forget,
    startOver: () => {
      text.startOver();
      trouble.show({});
    },
  };
}

export type DocumentFormState = ReturnType<typeof useDocumentForm>;

/** Errors by field. `count` grows with every refusal, so that each refusal moves the focus. */
function useTrouble() {
  const [state, setState] = useState<{ errors: FieldErrors; other: string[]; count: number }>({
    errors: {},
    other: [],
    count: 0,
  });
  const show = (errors: FieldErrors, other: string[] = []) =>
    setState(({ count }) => ({ errors, other, count: count + 1 }));
  return {
    ...state,
    show,
    showRefusal: ({ errors = [] }: Failure, sent: SentLines) => {
      const placed = placeErrors(errors, sent);
      show(placed.errors, placed.other);
    },
    clear: (fields: readonly string[]) =>
      setState((now) => {
        if (!fields.some((field) => field in now.errors)) return now;
        const left = Object.entries(now.errors).filter(([field]) => !fields.includes(field));
        return { ...now, errors: Object.fromEntries(left) };
      }),
  };
}
