import type { ListedDocument } from '#shared/contract/documents.ts';
import { documentKinds } from '#shared/document-kinds.ts';
import type { Format } from '#widget/lib/format.ts';
import { useFrame } from '#widget/session/frame.ts';
import { isGone, noNumber } from '#widget/ui/documents/document-words.ts';
import { kindWords } from '#widget/ui/documents/kind-words.ts';
import { StatusTag } from '#widget/ui/documents/status-tag.tsx';
import { listWords } from '../words.ts';
import type { ListProps, Walk } from './document-list.tsx';
import { ChooseBox, OpenButton, SuggestedTag, XeroLink } from './row-parts.tsx';

/** For narrow frames: two lines for each document, amounts aligned right. */
export function DocumentRows({ walk, tabIndexOf, ...props }: ListProps & Walk) {
  return (
    <ul className="documents-rows" aria-label={kindWords[props.kind].plural} {...walk}>
      {props.documents.map((document, row) => (
        <Row key={document.id} {...props} document={document} row={row} tabIndex={tabIndexOf(row)} />
      ))}
    </ul>
  );
}

type RowProps = ListProps & { document: ListedDocument; row: number; tabIndex: number };

function Row({ document, row, tabIndex, hasContacts, isDeal, onChoose, onOpen }: RowProps) {
  const { format } = useFrame();
  const { status, currency, total, amountDue, contact, reference } = document;
  const isOwed = documentKinds[document.kind].isOwed && status !== 'PAID' && !isGone(status);
  const rest = [...(hasContacts && contact.name ? [contact.name] : []), ...(reference ? [reference] : [])].join(' · ');
  return (
    <li
      data-row={row}
      data-figure={`row ${document.id}`}
      data-label={document.number || noNumber}
      className={isGone(status) ? 'gone' : undefined}
    >
      {isDeal && <ChooseBox document={document} tabIndex={tabIndex} onChoose={onChoose} />}
      <div className="documents-row">
        <div className="documents-row-head">
          <OpenButton document={document} tabIndex={tabIndex} onOpen={onOpen} />
          <span data-value className="amount">
            {format.money({ currency, amount: isOwed ? amountDue : total })}
          </span>
        </div>
        <div className="row-state">
          <StatusTag {...document} />
          <SuggestedTag {...document} />
          <span className="small">{untilWords(document, format)}</span>
          {isOwed && amountDue !== total && (
            <span className="small row-of">{listWords.of(format.money({ currency, amount: total }))}</span>
          )}
        </div>
        {rest && (
          <div className="small clip" title={rest}>
            {rest}
          </div>
        )}
      </div>
      <XeroLink document={document} tabIndex={tabIndex} />
    </li>
  );
}

function untilWords({ kind, date, dueDate }: ListedDocument, format: Format): string {
  if (dueDate) return `${kindWords[kind].lastDateWithin} ${format.day(dueDate)}`;
  return date ? format.day(date) : '';
}
