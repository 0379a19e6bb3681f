import { useState } from 'react';
import type { DocumentAnswer } from '#shared/contract/document.ts';
import type { DocumentAction } from '#shared/contract/document-actions.ts';
import type { OpenedDocument } from '#shared/contract/documents.ts';
import type { Failure } from '#widget/lib/failure.ts';
import { ActError } from '#widget/ui/act-error.tsx';
import { Button } from '#widget/ui/button.tsx';
import { Confirm } from '#widget/ui/confirm.tsx';
import { documentTitle } from '#widget/ui/documents/document-words.ts';
import { Icon } from '#widget/ui/icon.tsx';
import { Note } from '#widget/ui/note.tsx';
import { type ActDone, useAct } from './use-act.ts';
import { usePdf } from './use-pdf.ts';
import { actionFailed, actionUnknown, actionWords, openedWords, warningWords } from './words.ts';

type Props = { document: OpenedDocument; onDone(made: DocumentAnswer | null): void };

/** What may be done with it now; what destroys, posts or e-mails asks first. */
export function DocumentActs({ document, onDone }: Props) {
  const [asking, setAsking] = useState<DocumentAction | null>(null);
  const title = documentTitle(document);
  const { act, acting, done, failed } = useAct(document, (made) => {
    setAsking(null);
    onDone(made);
  });
  const pdf = usePdf(document);
  const wordsOf = (action: DocumentAction) => actionWords(action, document.kind, title);
  const ask = asking && wordsOf(asking).ask;
  const choose = (action: DocumentAction) => (wordsOf(action).ask ? setAsking(action) : act(action));
  // Beside a question stands only what came of that question, nothing of what was done before.
  const isAbout = (action: DocumentAction | null) => asking === null || asking === action;
  return (
    <>
      {asking && ask && (
        <Confirm
          title={ask.title}
          confirmLabel={ask.confirm}
          isBusy={acting === asking}
          onConfirm={() => act(asking)}
          onCancel={() => setAsking(null)}
        >
          {ask.text}
        </Confirm>
      )}
      {failed && isAbout(failed.action) && (
        <ActError title={failedTitle(failed.action, title, failed.failure)} failure={failed.failure} />
      )}
      {pdf.failure && isAbout(null) && <ActError title={openedWords.pdfFailed} failure={pdf.failure} />}
      {done && isAbout(null) && <Done done={done} title={wordsOf(done.action).done} />}
      <section className="row acts" aria-label={openedWords.actions(title)}>
        {document.actions.map((action, place) => (
          <Button
            key={action}
            look={lookOf(action, place)}
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
            <span>{openedWords.openInXero}</span>
            <Icon name="external" />
          </a>
        )}
      </section>
    </>
  );
}

function Done({ done: { created }, title }: { done: ActDone; title: string }) {
  return (
    <>
      <Note tone="good" icon="check" title={title} />
      {created.warnings.map((warning) => (
        <Note key={warning} tone="warn" icon="clock" title={warningWords[warning]} />
      ))}
    </>
  );
}

function failedTitle(action: DocumentAction, title: string, failure: Failure): string {
  return isUncertain(failure) ? actionUnknown : actionFailed(action, title);
}

/** One primary button a screen: the step that comes next. */
function lookOf(action: DocumentAction, place: number): 'primary' | 'danger' | 'plain' {
  if (action === 'delete' || action === 'void') return 'danger';
  return place === 0 ? 'primary' : 'plain';
}

/** It may have been done all the same; the same step again finds out. */
function isUncertain({ isLost, write, code }: Failure): boolean {
  return (
    isLost === true ||
    write !== undefined ||
    code === 'outcome_unknown' ||
    code === 'xero_timeout' ||
    code === 'xero_invalid_answer'
  );
}
