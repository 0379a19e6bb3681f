import type { SyncOverview } from '#shared/contract/sync/overview.ts';

type Day = SyncOverview['kinds'][number]['days'][number];

/** The heights of a day's two parts, in per cent of the highest day. */
type Bar = { day: string; sentShare: number; problemShare: number };

/** A day with very few records still shows a line. */
const leastShare = 8;

export function toBars(days: readonly Day[]): Bar[] {
  const most = Math.max(1, ...days.map(({ sent, problems }) => sent + problems));
  return days.map(({ day, sent, problems }) => {
    const sentShare = toShare(sent, most);
    return { day, sentShare, problemShare: Math.min(100 - sentShare, toShare(problems, most)) };
  });
}

function toShare(count: number, most: number): number {
  return count === 0 ? 0 : Math.max(leastShare, Math.round((count / most) * 100));
}

export function sumDays(days: readonly Day[]): { sent: number; problems: number } {
  return days.reduce((sum, day) => ({ sent: sum.sent + day.sent, problems: sum.problems + day.problems }), {
    sent: 0,
    problems: 0,
  });
}
