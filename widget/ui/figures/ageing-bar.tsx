import type { Ageing } from '#shared/contract/summary.ts';
import { useFrame } from '#widget/lib/frame.ts';
import { ageingLabels, ageingSpoken, figureWords, plural } from './words.ts';

/** Outstanding by days late. The bar is for the eye; the numbers under it say the same. */
export function AgeingBar({ ageing }: { ageing: Ageing }) {
  return (
    <div className="ageing">
      <div className="ageing-bar" aria-hidden="true">
        {ageing.map((bucket) => (
          <i
            key={bucket.bucket}
            className={`age-${bucket.bucket}`}
            style={{ flexGrow: share(bucket) }}
            hidden={share(bucket) <= 0}
          />
        ))}
      </div>
      <ul className="ageing-key" aria-label={figureWords.ageing}>
        {ageing.map((bucket) => (
          <Bucket key={bucket.bucket} {...bucket} />
        ))}
      </ul>
    </div>
  );
}

function Bucket(bucket: Ageing[number]) {
  const { format } = useFrame();
  const money = bucket.base ?? bucket.totals[0];
  const approximately = bucket.base ? '≈ ' : '';
  const exact = money
    ? `${approximately}${format.money(money)}, ${plural(bucket.count, 'invoice', 'invoices', format)}`
    : 'none';
  return (
    <li className={money ? undefined : 'zero'} title={`${ageingSpoken[bucket.bucket]}: ${exact}`}>
      <span aria-hidden="true">
        <b>{money ? `${approximately}${format.rounded(money.amount)}` : '–'}</b>
        <i className={`swatch age-${bucket.bucket}`} />
        {ageingLabels[bucket.bucket]}
      </span>
      <span className="sr">
        {ageingSpoken[bucket.bucket]}: {exact}
      </span>
    </li>
  );
}

/** Only how wide it is drawn: the one place where an amount may pass through a float. */
function share({ base, totals }: Ageing[number]): number {
  return Number(base?.amount ?? totals[0]?.amount ?? 0);
}
