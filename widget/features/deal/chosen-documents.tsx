import type { DealView } from '#shared/contract/view.ts';
import { documentKinds } from '#shared/document-kinds.ts';
import { type OpenDetails, useOpenDetails } from '#widget/lib/details.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Button } from '#widget/ui/button.tsx';
import { noNumber } from '#widget/ui/documents/document-words.ts';
import { kindWords } from '#widget/ui/documents/kind-words.ts';
import { StatusTag } from '#widget/ui/documents/status-tag.tsx';
import { dealWords } from './words.ts';

type Chosen = DealView['chosen'];
type Props = { chosen: Chosen; canChoose: boolean };

/** The documents of the deal, whatever their status. */
export function ChosenDocuments({ chosen, canChoose }: Props) {
  const openDetails = useOpenDetails();
  if (chosen.length === 0)
    return (
      <section className="deal-none">
        <h2>{dealWords.noneChosenTitle}</h2>
        <p className="small">{dealWords.noneChosen}</p>
        {canChoose && (
          <Button variant="primary" onClick={() => openDetails()}>
            {dealWords.choose}
          </Button>
        )}
      </section>
    );
  return (
    <section className="deal-chosen">
      <h2>{dealWords.chosen}</h2>
      <ul>
        {chosen.map((document) => (
          <Document key={document.id} document={document} onOpen={openDetails} />
        ))}
      </ul>
    </section>
  );
}

function Document({ document, onOpen }: { document: Chosen[number]; onOpen: OpenDetails }) {
  const { format } = useFrame();
  const { id, kind, number, date, dueDate, currency, total, amountDue, isCounted = true } = document;
  const isOpen = isCounted && documentKinds[kind].isOwed && amountDue !== total;
  const money = (amount: string) => format.money({ currency, amount });
  return (
    <li data-figure={`chosen ${id}`} data-label={number || noNumber} className={isCounted ? undefined : 'gone'}>
      <span className="deal-chosen-head">
        <button type="button" className="open-row" title={number ?? undefined} onClick={() => onOpen({ kind, id })}>
          {number || noNumber}
        </button>
        <span data-value className="amount">
          {money(isOpen ? amountDue : total)}
        </span>
      </span>
      <span className="row-state small">
        <StatusTag {...document} />
        <span>
          {kindWords[kind].title}
          {dueDate ? ` · ${kindWords[kind].lastDateWithin} ${format.day(dueDate)}` : date && ` · ${format.day(date)}`}
        </span>
        {isOpen && <span className="row-of">{dealWords.of(money(total))}</span>}
        {!isCounted && <span className="row-of">{dealWords.notCounted}</span>}
      </span>
    </li>
  );
}
