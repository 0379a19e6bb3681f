import type { Figure } from '#shared/contract/summary.ts';
import { useFrame } from '#widget/lib/frame.ts';

/** One amount a currency, one under the other; all of them in the organisation's currency beside them. */
export function FigureAmount({ figure }: { figure: Figure }) {
  const { format } = useFrame();
  if (figure.count === 0) return <span>–</span>;
  return (
    <>
      {figure.totals.map((money) => (
        <span className="line" key={money.currency}>
          {format.money(money)}
        </span>
      ))}
      {figure.base && <span className="line approximate">≈ {format.money(figure.base)}</span>}
    </>
  );
}
