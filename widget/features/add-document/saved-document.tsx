import { useEffect } from 'react';
import type { CreatedDocument } from '#shared/contract/document.ts';
import { compareDecimals } from '#shared/money.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Button } from '#widget/ui/button.tsx';
import { documentTitle } from '#widget/ui/documents/document-words.ts';
import { kindWords } from '#widget/ui/documents/kind-words.ts';
import { totalDiffersWords, warningWords } from '#widget/ui/documents/warning-words.ts';
import { Header } from '#widget/ui/header.tsx';
import { Icon } from '#widget/ui/icon.tsx';
import { Note } from '#widget/ui/note.tsx';
import { uiWords } from '#widget/ui/words.ts';
import { SentAttachments } from './attachments/sent-attachments.tsx';
import type { Attachments } from './attachments/use-attachments.ts';
import { totalOf } from './draft/total-of.ts';
import { savedWords } from './words.ts';

export type Saved = {
  created: CreatedDocument;
  /** The total of the form; null if Xero chose the tax. */
  previewTotal: string | null;
};

type Props = { saved: Saved; contactName: string; attachments: Attachments; onDone(): void };

/** The saved document as Xero has it, and the progress of its files. */
export function SavedDocument({ saved, contactName, attachments, onDone }: Props) {
  const { format } = useFrame();
  const { document } = saved.created;
  useEffect(() => globalThis.document.querySelector<HTMLElement>('h1')?.focus(), []);
  const dueDate = document.kind === 'quote' ? document.expiryDate : document.dueDate;
  return (
    <section className="add-document-form add-document-saved">
      <Header title={documentTitle(document)} subtitle={contactName} />
      <Note tone="good" icon="check" title={savedWords.as(document.status)} />
      <Warnings saved={saved} />
      <div className="pad">
        <dl className="facts">
          <div>
            <dt>{savedWords.total}</dt>
            <dd className="add-document-saved-total amount">{format.money(totalOf(document))}</dd>
          </div>
          {dueDate && (
            <div>
              <dt>{kindWords[document.kind].lastDate}</dt>
              <dd>{format.day(dueDate)}</dd>
            </div>
          )}
        </dl>
        {document.url && (
          <a className="add-document-saved-link" href={document.url} target="_blank" rel="noopener noreferrer">
            {uiWords.openInXero} <Icon name="external" />
          </a>
        )}
        <SentAttachments attachments={attachments} document={document} />
      </div>
      <footer className="footer">
        <span />
        <Button variant="primary" onClick={onDone}>
          {savedWords.done}
        </Button>
      </footer>
    </section>
  );
}

/** A total that differs from the form's is shown with both amounts. */
function Warnings({ saved: { created, previewTotal } }: { saved: Saved }) {
  const { format } = useFrame();
  const { document, warnings, emailRefusal = [] } = created;
  const expected = previewTotal ?? created.previewTotal;
  const differs = expected !== null && compareDecimals(expected, document.total) !== 0;
  const money = (total: string) => format.money(totalOf({ currency: document.currency, total }));
  const others = warnings.filter((warning) => warning !== 'total_differs');
  return (
    <>
      {differs && (
        <Note tone="warn" icon="warning" title={totalDiffersWords(money(document.total), money(expected))} isAlert />
      )}
      {others.map((warning) => (
        <Note
          key={warning}
          tone="plain"
          icon="clock"
          title={warningWords[warning]}
          reason={warning === 'email_failed' && emailRefusal.map((text) => <q key={text}>{text}</q>)}
        />
      ))}
    </>
  );
}
