import type { OpenedDocument } from '#shared/contract/documents.ts';
import { currencyDecimals } from '#shared/currency.ts';
import type { Format } from '#widget/lib/format.ts';
import { useFrame } from '#widget/session/frame.ts';
import { openedWords } from '../words.ts';

type Line = OpenedDocument['lines'][number];

/** The lines of the document, with the sums as Xero has them. */
export function DocumentLines({ document }: { document: OpenedDocument }) {
  const { format } = useFrame();
  const { lines, subTotal, totalTax, total, currency } = document;
  return (
    <section>
      <h2>{openedWords.lines}</h2>
      {lines.length === 0 && <p className="small">{openedWords.noLines}</p>}
      <ul className="documents-lines">
        {lines.map((line, place) => (
          // biome-ignore lint/suspicious/noArrayIndexKey: lines have no identity but their place
          <LineRow key={place} line={line} currency={currency} />
        ))}
      </ul>
      <dl className="documents-sums">
        <Sum name={openedWords.subTotal} amount={format.amount(subTotal)} />
        <Sum name={openedWords.tax} amount={format.amount(totalTax)} />
        <Sum name={openedWords.total} amount={format.money({ currency, amount: total })} isTotal />
      </dl>
    </section>
  );
}

function Sum({ name, amount, isTotal }: { name: string; amount: string; isTotal?: boolean }) {
  return (
    <div className={isTotal ? 'documents-total' : undefined}>
      <dt>{name}</dt>
      <dd className="amount">{amount}</dd>
    </div>
  );
}

function LineRow({ line, currency }: { line: Line; currency: string }) {
  const { format } = useFrame();
  const how = calculationOf(line, currencyDecimals(currency), format);
  return (
    <li>
      <span className="documents-line-description">{line.description || openedWords.noDescription}</span>
      <span className="amount">{line.lineAmount === null ? '' : format.amount(line.lineAmount)}</span>
      {how && <span className="small">{how}</span>}
    </li>
  );
}

/** `12 × 2,500.00 · 10 % off · Item PLAN-12 · Region East`. */
function calculationOf(
  { quantity, unitAmount, discount, discountAmount, itemCode, tracking }: Line,
  decimals: number,
  format: Format,
): string {
  const parts = [
    quantity !== null &&
      unitAmount !== null &&
      `${format.amount(shorten(quantity, 0))} × ${format.amount(shorten(unitAmount, decimals))}`,
    discount !== null && !/^0(\.0*)?$/.test(discount) && openedWords.off(format.amount(shorten(discount, 0))),
    discountAmount !== null && openedWords.amountOff(format.amount(discountAmount)),
    itemCode && openedWords.item(itemCode),
    ...tracking.map(({ name, option }) => option && [name, option].filter(Boolean).join(' ')),
  ];
  return parts.filter(Boolean).join(' · ');
}

/** At least two decimals, and further ones that are not zero. */
function shorten(decimal: string, decimals: number): string {
  const [whole = '', fraction = ''] = decimal.split('.');
  const kept = fraction.slice(0, decimals).padEnd(decimals, '0') + fraction.slice(decimals).replace(/0+$/, '');
  return kept === '' ? whole : `${whole}.${kept}`;
}
