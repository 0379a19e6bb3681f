import type { OpenedDocument } from '#shared/contract/documents.ts';
import { documentKinds } from '#shared/document-kinds.ts';
import { useFrame } from '#widget/session/frame.ts';
import { isGone } from '#widget/ui/documents/document-words.ts';
import { kindWords } from '#widget/ui/documents/kind-words.ts';
import { StatusTag } from '#widget/ui/documents/status-tag.tsx';
import { FactList } from '#widget/ui/fact-list.tsx';
import { dueWords, openedWords } from '../words.ts';

/** The main amount in large type, then dates and reference. */
export function DocumentFacts({ document }: { document: OpenedDocument }) {
  const { format } = useFrame();
  const { kind, status, currency, total, amountDue, date, dueDate, reference, daysLate } = document;
  const isOwed = documentKinds[kind].isOwed && !isGone(status);
  const money = (amount: string) => format.money({ currency, amount });
  const facts: [string, string | null][] = [
    [openedWords.date, date && format.day(date)],
    [kindWords[kind].lastDate, dueDate && format.day(dueDate)],
    [openedWords.reference, reference],
  ];
  return (
    <>
      <div className="documents-opened-top">
        <p
          className={`documents-opened-amount amount${daysLate ? ' documents-late' : ''}${isGone(status) ? ' gone' : ''}`}
        >
          <span className="line">{money(isOwed ? amountDue : total)}</span>
          <span className="small">
            {isOwed ? dueWords(amountDue === total ? null : money(total)) : openedWords.inTotal}
          </span>
        </p>
        <StatusTag {...document} />
      </div>
      <FactList className="facts" facts={facts} />
    </>
  );
}
