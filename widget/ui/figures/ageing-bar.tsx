import type { Ageing } from '#shared/contract/summary.ts';
import { useFrame } from '#widget/session/frame.ts';
import { kindWords } from '../documents/kind-words.ts';
import { ageingLabels, ageingSpoken, figureWords, plural } from './words.ts';

type Props = { ageing: Ageing; kind: 'invoice' | 'bill' };

/**
 * Outstanding amounts by days late. The bar distinguishes its parts by place and texture as well as by colour. The
 * numbers below it say the same.
 */
export function AgeingBar({ ageing, kind }: Props) {
  return (
    <div className="ageing">
      <div className="ageing-bar" aria-hidden="true">
        {ageing.map((bucket) => (
          <i
            key={bucket.bucket}
            className={`age-${bucket.bucket}`}
            style={{ flexGrow: toShare(bucket) }}
            hidden={toShare(bucket) <= 0}
          />
        ))}
      </div>
      <ul className="ageing-key" aria-label={kindWords[kind].ageing}>
        {ageing.map((bucket) => (
          <Bucket key={bucket.bucket} bucket={bucket} kind={kind} />
        ))}
      </ul>
    </div>
  );
}

function Bucket({ bucket: { bucket, base, totals, count }, kind }: { bucket: Ageing[number]; kind: Props['kind'] }) {
  const { format } = useFrame();
  const money = base ?? totals[0];
  const approximately = base ? '≈ ' : '';
  const exact = money
    ? `${approximately}${format.money(money)}, ${plural(count, kind, `${kind}s`, format)}`
    : figureWords.none;
  return (
    <li
      className={money ? undefined : 'zero'}
      title={`${ageingSpoken[bucket]}: ${exact}${base ? `. ${figureWords.basis}` : ''}`}
    >
      <span aria-hidden="true">
        <b>
          {base && <span className="about">{approximately}</span>}
          {money ? format.rounded(money.amount) : '–'}
        </b>
        <i className={`swatch age-${bucket}`} />
        {ageingLabels[bucket]}
      </span>
      <span className="sr">
        {ageingSpoken[bucket]}: {exact}
        {base && `, ${figureWords.basisSpoken}`}
      </span>
    </li>
  );
}

/** Used for widths only. No other code turns an amount into a float. */
function toShare({ base, totals }: Ageing[number]): number {
  return Math.max(0, Number(base?.amount ?? totals[0]?.amount ?? 0));
}
