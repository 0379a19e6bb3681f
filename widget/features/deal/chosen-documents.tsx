import type { DealView } from '#shared/contract/view.ts';
import { useFrame } from '#widget/lib/frame.ts';
import { dealWords, kindWords, statusWords } from './words.ts';

type Chosen = DealView['chosen'];

export function ChosenDocuments({ chosen }: { chosen: Chosen }) {
  if (chosen.length === 0)
    return (
      <section className="nothing">
        <h2>{dealWords.noneChosenTitle}</h2>
        <p className="small">{dealWords.noneChosen}</p>
      </section>
    );
  return (
    <section className="documents">
      <h2>{dealWords.chosen}</h2>
      <ul>
        {chosen.map((document) => (
          <Document key={document.id} {...document} />
        ))}
      </ul>
    </section>
  );
}

function Document({ kind, number, status, date, currency, total, amountDue }: Chosen[number]) {
  const { format } = useFrame();
  const isOpen = kind !== 'quote' && amountDue !== total;
  return (
    <li>
      <span>
        <b>{number ?? dealWords.noNumber}</b> <span className="tag plain">{statusWords(status)}</span>
      </span>
      <span className="amount">{format.money({ currency, amount: kind === 'quote' ? total : amountDue })}</span>
      <span className="small">
        {kindWords[kind]} · {format.day(date)}
      </span>
      <span className="small end">{isOpen && dealWords.of(format.money({ currency, amount: total }))}</span>
    </li>
  );
}
