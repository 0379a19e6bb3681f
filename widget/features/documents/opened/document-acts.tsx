import { useMutation } from '@tanstack/react-query';
import { lazy, Suspense, useState } from 'react';
import type { CreatedDocument } from '#shared/contract/document.ts';
import type { DocumentAction } from '#shared/contract/document-actions.ts';
import type { OpenedDocument } from '#shared/contract/documents.ts';
import { documentKinds } from '#shared/document-kinds.ts';
import { toFailure } from '#widget/session/failures/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import { requestFile, saveFile } from '#widget/session/requests/request-file.ts';
import { Button } from '#widget/ui/button.tsx';
import { Confirm } from '#widget/ui/confirm.tsx';
import { DoneNote } from '#widget/ui/documents/document-warnings.tsx';
import { documentTitle } from '#widget/ui/documents/document-words.ts';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { Icon } from '#widget/ui/icon.tsx';
import { uiWords } from '#widget/ui/words.ts';
import { actionFailed, actionUnknown, actionWords, openedWords } from '../words.ts';
import { findDueDateRefusal, withoutDueDate } from './act-attempt.ts';
import { type ActFailed, useAct } from './use-act.ts';

const DueDateQuestion = lazy(() =>
  import('./due-date-question.tsx').then((module) => ({ default: module.DueDateQuestion })),
);

type Props = {
  document: OpenedDocument;
  /** Today's date in the organisation. */
  timeZone: string | undefined;
  onDone(made: CreatedDocument | null): void;
};

/** The actions on a document. Those that delete, post or e-mail ask first. */
export function DocumentActs({ document, timeZone, onDone }: Props) {
  const [asking, setAsking] = useState<DocumentAction | null>(null);
  const title = documentTitle(document);
  const doing = useAct(document, {
    onDone: (made) => {
      setAsking(null);
      onDone(made);
    },
    onDueDateAsked: () => setAsking('convert_to_invoice'),
  });
  const { act, acting, done, failed } = doing;
  const pdf = usePdf(document);
  const wordsOf = (action: DocumentAction) => actionWords(action, document.kind, title);
  const choose = (action: DocumentAction) => {
    if (asking === action) return;
    if (wordsOf(action).ask) return setAsking(action);
    setAsking(null);
    act(action);
  };
  // Beside a question, only the failure of that question is shown, none of an earlier action.
  const isAbout = (action: DocumentAction | null) => asking === null || asking === action;
  return (
    <>
      {asking && <Question {...{ doing, document, timeZone, asking, title }} onCancel={() => setAsking(null)} />}
      {failed && isAbout(failed.action) && <Failed title={title} failed={failed} />}
      {pdf.failure && isAbout(null) && <ActError title={openedWords.pdfFailed} failure={pdf.failure} />}
      {done && isAbout(null) && <DoneNote title={wordsOf(done.action).done} created={done.created} />}
      <section className="row documents-actions" aria-label={openedWords.actions(title)}>
        {document.actions.map((action, index) => (
          <Button
            key={action}
            variant={asking === action ? 'plain' : variantOf(action, index)}
            isBusy={acting === action && asking !== action}
            isDisabled={acting !== null && acting !== action}
            onClick={() => choose(action)}
          >
            {wordsOf(action).label}
          </Button>
        ))}
        <Button isBusy={pdf.isFetching} onClick={pdf.fetchPdf}>
          {openedWords.pdf}
        </Button>
        {document.url && (
          <a className="button text" href={document.url} target="_blank" rel="noopener noreferrer">
            <span>{uiWords.openInXero}</span>
            <Icon name="external" />
          </a>
        )}
      </section>
    </>
  );
}

type QuestionProps = Omit<Props, 'onDone'> & {
  doing: ReturnType<typeof useAct>;
  asking: DocumentAction;
  title: string;
  onCancel(): void;
};

/** The question before an action: a confirmation, or the due date. */
function Question({ doing: { act, acting, failed }, document, timeZone, asking, title, onCancel }: QuestionProps) {
  const { ask, label } = actionWords(asking, document.kind, title);
  const common = { isBusy: acting === asking, onCancel };
  if (ask) {
    return (
      <Confirm {...common} title={ask.title} confirmLabel={ask.confirm} onConfirm={() => act(asking)}>
        {ask.text}
      </Confirm>
    );
  }
  const last = failed?.action === asking ? failed : null;
  const message = last ? findDueDateRefusal(last.failure) : undefined;
  return (
    <Suspense>
      <DueDateQuestion
        {...common}
        confirmLabel={label}
        timeZone={timeZone}
        refused={last && message !== undefined ? { dueDate: last.attempt.dueDate, message } : null}
        isLocked={last?.attempt.isUnknown === true}
        onConfirm={(dueDate) => act(asking, dueDate)}
      />
    </Suspense>
  );
}

/** The question of the due date shows its error beside the field, so it is not repeated here. */
function Failed({ title, failed: { action, attempt, failure } }: { title: string; failed: ActFailed }) {
  const left = withoutDueDate(failure);
  return left && <ActError title={attempt.isUnknown ? actionUnknown : actionFailed(action, title)} failure={left} />;
}

/** One primary button on a screen: the most likely next action. */
function variantOf(action: DocumentAction, index: number): 'primary' | 'danger' | 'plain' {
  if (action === 'delete' || action === 'void') return 'danger';
  return index === 0 ? 'primary' : 'plain';
}

/** Downloads Xero's PDF. It is a download, because frames may be forbidden to open a window. */
function usePdf(document: OpenedDocument) {
  const { session } = useFrame();
  const path = `/api/${documentKinds[document.kind].path}/${document.id}/pdf`;
  const { mutate, isPending, error } = useMutation({
    mutationFn: async () => {
      const file = await session.withBearer((bearer, signal) =>
        requestFile((url, init) => fetch(url, init), { path, bearer, signal }),
      );
      saveFile(file, `${documentTitle(document).replaceAll(/[^\p{L}\p{N} ._-]/gu, '-')}.pdf`);
    },
  });
  return { fetchPdf: () => mutate(), isFetching: isPending, failure: error && toFailure(error) };
}
