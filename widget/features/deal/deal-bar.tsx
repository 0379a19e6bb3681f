import type { DealView } from '#shared/contract/view.ts';
import type { Money } from '#shared/money.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Button } from '#widget/ui/button.tsx';
import { dealWords } from './words.ts';

type Bar = NonNullable<DealView['bar']>;
type Props = { bar: Bar; onInvoice: (() => void) | null };

/** Quoted, invoiced and paid, each as a share of the whole. The numbers say the same as the bars. */
export function DealBar({ bar, onInvoice }: Props) {
  const { format } = useFrame();
  const { notYetInvoiced } = bar;
  const isInvoiced = notYetInvoiced !== undefined && isZero(notYetInvoiced);
  return (
    <section className="deal-stages pad" aria-label={dealWords.progress}>
      <Stage name="quoted" stage={bar.quoted} bar={bar} />
      <Stage name="invoiced" stage={bar.invoiced} bar={bar} />
      <Stage name="paid" stage={bar.paid} bar={bar} />
      {bar.credited && <Stage name="credited" stage={bar.credited} bar={bar} />}
      {(notYetInvoiced || onInvoice) && (
        <div className="deal-rest small">
          {isInvoiced
            ? dealWords.allInvoiced
            : notYetInvoiced && dealWords.notYetInvoiced(format.money(notYetInvoiced))}
          {!isInvoiced && onInvoice && (
            <Button variant="text" onClick={onInvoice}>
              {dealWords.createInvoice}
            </Button>
          )}
        </div>
      )}
    </section>
  );
}

type StageProps = { name: 'quoted' | 'invoiced' | 'paid' | 'credited'; stage: Bar['quoted']; bar: Bar };

function Stage({ name, stage: { amount, others }, bar }: StageProps) {
  const { format } = useFrame();
  const stages = [bar.quoted, bar.invoiced, bar.paid, bar.credited].flatMap((one) => one?.amount ?? []);
  const full = Math.max(...[...(bar.value ? [bar.value] : []), ...stages].map(toWidth), 1);
  return (
    <div data-figure={name} data-label={dealWords[name]} className="deal-stage">
      <div className="meter-words">
        <span>{dealWords[name]}</span>
        <span data-value className="amount">
          {format.money(amount)}
        </span>
      </div>
      <div className="meter" aria-hidden="true">
        <i className={`deal-${name}`} style={{ width: `${(toWidth(amount) / full) * 100}%` }} />
      </div>
      {others.length > 0 && (
        <p className="small deal-others">
          {dealWords.beside}
          {others.map((money) => (
            <span className="line" key={money.currency}>
              {format.money(money)}
            </span>
          ))}
        </p>
      )}
    </div>
  );
}

/** Used for widths only, so a float is precise enough. */
function toWidth({ amount }: Money): number {
  return Math.max(0, Number(amount));
}

function isZero({ amount }: Money): boolean {
  return /^-?0(\.0+)?$/.test(amount);
}
