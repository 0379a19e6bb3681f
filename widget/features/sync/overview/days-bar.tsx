import type { SyncOverview } from '#shared/contract/sync/overview.ts';
import { useFrame } from '#widget/session/frame.ts';
import { overviewWords } from '../words.ts';
import { sumDays, toBars } from './bars.ts';

type Props = Pick<SyncOverview['kinds'][number], 'days'>;

/** What was sent, and what was held up, in the last 14 days. The numbers are under the bar. */
export function DaysBar({ days }: Props) {
  const { format } = useFrame();
  const { sent, problems } = sumDays(days);
  if (sent + problems === 0) return null;
  const words = overviewWords.days(format.count(days.length), format.count(sent), format.count(problems));
  return (
    <figure>
      <div className="sync-days" aria-hidden="true">
        {toBars(days).map(({ day, sentShare, problemShare }) => (
          <span key={day} title={format.day(day)}>
            <i className="sync-day-problems" style={{ height: `${problemShare}%` }} />
            <i className="sync-day-sent" style={{ height: `${sentShare}%` }} />
          </span>
        ))}
      </div>
      <figcaption className="small">{words}</figcaption>
    </figure>
  );
}
