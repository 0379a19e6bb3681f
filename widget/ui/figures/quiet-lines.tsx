import type { Figure, Summary } from '#shared/contract/summary.ts';
import { useFrame } from '#widget/lib/frame.ts';
import { FigureAmount } from './figure-amount.tsx';
import { figureWords } from './words.ts';

/** What is worth knowing and not worth a table; only what there is. */
export function QuietLines({ summary }: { summary: Summary }) {
  const { format } = useFrame();
  const lines = quietFigures(summary).filter(([, figure]) => figure !== undefined && figure.count > 0);
  if (lines.length === 0) return null;
  return (
    <dl className="quiet">
      {lines.map(([label, figure]) => (
        <div key={label}>
          <dt>{label}</dt>
          <dd>
            <span className="quiet-count">{figure && format.count(figure.count)}</span>
            <span className="quiet-amount">{figure && <FigureAmount figure={figure} />}</span>
          </dd>
        </div>
      ))}
    </dl>
  );
}

function quietFigures({ acceptedQuotes, drafts, credit }: Summary): [string, Figure | undefined][] {
  return [
    [figureWords.acceptedQuotes, acceptedQuotes],
    [figureWords.draftInvoices, drafts.invoices],
    [figureWords.draftBills, drafts.bills],
    [figureWords.creditInvoices, credit?.invoices],
    [figureWords.creditBills, credit?.bills],
  ];
}
