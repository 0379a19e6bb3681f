import type { Figure } from '#shared/contract/summary.ts';
import type { Money } from '#shared/money.ts';
import { useFrame } from '#widget/session/frame.ts';
import { figureWords } from './words.ts';

/** One amount for each currency, codes and digits in columns, and below them the sum in the organisation's currency. */
export function FigureAmount({ figure: { count, totals, base } }: { figure: Figure }) {
  if (count === 0) return <span>–</span>;
  return (
    <span className="amounts">
      {totals.map((money) => (
        <Line key={money.currency} {...money} />
      ))}
      {base && <Line {...base} isApproximate />}
    </span>
  );
}

function Line({ currency, amount, isApproximate = false }: Money & { isApproximate?: boolean }) {
  const { format } = useFrame();
  return (
    <span
      className={`line${isApproximate ? ' approximate' : ''}`}
      title={isApproximate ? figureWords.basis : undefined}
    >
      <span>
        {isApproximate && '≈ '}
        {currency}
      </span>{' '}
      <span>
        {format.amount(amount)}
        {isApproximate && <span className="sr"> {figureWords.basisSpoken}</span>}
      </span>
    </span>
  );
}
