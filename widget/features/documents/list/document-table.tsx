import type { ListedDocument } from '#shared/contract/documents.ts';
import { documentKinds } from '#shared/document-kinds.ts';
import { useFrame } from '#widget/session/frame.ts';
import { isGone, noNumber } from '#widget/ui/documents/document-words.ts';
import { kindWords } from '#widget/ui/documents/kind-words.ts';
import { StatusTag } from '#widget/ui/documents/status-tag.tsx';
import { listWords } from '../words.ts';
import type { ListProps, Walk } from './document-list.tsx';
import { ChooseBox, OpenButton, SuggestedTag, XeroLink } from './row-parts.tsx';

const { columns } = listWords;

/** For wide frames: one line for each document. */
export function DocumentTable({ walk, tabIndexOf, ...props }: ListProps & Walk) {
  const { kind, isDeal, hasContacts, documents } = props;
  return (
    <table className="documents-table" aria-label={kindWords[kind].plural} {...walk}>
      <thead>
        <tr>
          {isDeal && <th scope="col">{columns.choose}</th>}
          <th scope="col">{columns.number}</th>
          {hasContacts && <th scope="col">{columns.contact}</th>}
          <th scope="col">{columns.date}</th>
          <th scope="col">{kindWords[kind].lastDate}</th>
          <th scope="col">{columns.status}</th>
          <th scope="col" className="documents-end">
            {columns.total}
          </th>
          {documentKinds[kind].isOwed && (
            <th scope="col" className="documents-end">
              {columns.due}
            </th>
          )}
          <th scope="col">
            <span className="sr">{columns.open}</span>
          </th>
        </tr>
      </thead>
      <tbody>
        {documents.map((document, row) => (
          <Row key={document.id} {...props} document={document} row={row} tabIndex={tabIndexOf(row)} />
        ))}
      </tbody>
    </table>
  );
}

type RowProps = ListProps & { document: ListedDocument; row: number; tabIndex: number };

function Row({ document, row, tabIndex, kind, hasContacts, isDeal, onChoose, onOpen }: RowProps) {
  const { format } = useFrame();
  const { status, date, dueDate, currency, total, amountDue, reference, contact } = document;
  return (
    <tr
      data-row={row}
      data-figure={`table row ${document.id}`}
      data-label={document.number || noNumber}
      className={isGone(status) ? 'gone' : undefined}
    >
      {isDeal && (
        <td>
          <ChooseBox document={document} tabIndex={tabIndex} onChoose={onChoose} />
        </td>
      )}
      <th scope="row">
        <OpenButton document={document} tabIndex={tabIndex} onOpen={onOpen} />
        {reference && (
          <span className="small clip" title={reference}>
            {reference}
          </span>
        )}
      </th>
      {hasContacts && (
        <td className="documents-whose">
          <span className="clip" title={contact.name}>
            {contact.name || '–'}
          </span>
        </td>
      )}
      <td>{date && format.day(date)}</td>
      <td>{dueDate && format.day(dueDate)}</td>
      <td>
        <span data-value>
          <StatusTag {...document} />
        </span>{' '}
        <SuggestedTag {...document} />
      </td>
      <td data-value className="amount documents-end">
        {format.money({ currency, amount: total })}
      </td>
      {documentKinds[kind].isOwed && (
        <td data-value className="amount documents-end">
          {isGone(status) ? '–' : format.money({ currency, amount: amountDue })}
        </td>
      )}
      <td>
        <XeroLink document={document} tabIndex={tabIndex} />
      </td>
    </tr>
  );
}
