import { useId } from 'react';
import type { Figure } from '#shared/contract/summary.ts';
import type { Money } from '#shared/money.ts';
import { useFrame } from '#widget/session/frame.ts';
import { FigureAmount } from './figure-amount.tsx';
import { figureWords } from './words.ts';

export type FigureRow = {
  /** The figure's name, unique on the screen. */
  name: string;
  label: string;
  /** The end of the label. Narrow frames show only this. */
  shortLabel?: string;
  figure: Figure;
  tone?: 'over' | 'part';
  note?: { text: string; tone: 'danger' | 'warn' };
};

type Props = { title: string; isTitleHidden?: boolean; rows: readonly FigureRow[] };

export function FigureTable({ title, isTitleHidden, rows }: Props) {
  const id = useId();
  return (
    <>
      <h2 id={id} className={isTitleHidden ? 'sr' : undefined}>
        {title}
      </h2>
      <table className="figures" aria-labelledby={id}>
        <thead className="sr">
          <tr>
            <th scope="col">{figureWords.columns.label}</th>
            <th scope="col">{figureWords.columns.count}</th>
            <th scope="col">{figureWords.columns.amount}</th>
          </tr>
        </thead>
        <tbody>
          {rows.map((row) => (
            <Row key={row.name} {...row} />
          ))}
        </tbody>
      </table>
    </>
  );
}

function Row({ name, label, shortLabel = label, figure, tone, note }: FigureRow) {
  const { format } = useFrame();
  return (
    <tr data-figure={name} data-label={label} className={`${tone ?? ''} ${figure.count === 0 ? 'zero' : ''}`}>
      <th scope="row">
        <span className="label-start">{label.slice(0, -shortLabel.length)}</span>
        <span className="label-end">{shortLabel}</span>
        {note && <span className={`row-note ${note.tone}`}>{note.text}</span>}
      </th>
      <td data-value className="count">
        {format.count(figure.count)}
      </td>
      <td data-value className={`amount${figure.totals.some(isLong) ? ' long' : ''}`}>
        <FigureAmount figure={figure} />
      </td>
    </tr>
  );
}

/** From a hundred million on, narrow frames show the currency above the amount. */
function isLong({ amount }: Money): boolean {
  return amount.length > '99999999.99'.length;
}
