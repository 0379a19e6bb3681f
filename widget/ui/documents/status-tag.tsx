import './documents.css';
import { expiredWords, lateWords, statusWords } from './document-words.ts';

type Props = { status: string; daysLate?: number | null; isExpired?: boolean };

/** A document's status as shape, colour and word. "Late" replaces "awaiting payment". */
export function StatusTag({ status, daysLate, isExpired }: Props) {
  const isLate = typeof daysLate === 'number' && daysLate > 0;
  const { shape, tone } = appearanceOf(status, isLate, isExpired === true);
  return (
    <span className={`tag state ${tone}`}>
      <svg className="icon" viewBox="0 0 16 16" aria-hidden="true">
        <path d={shapes[shape]} strokeDasharray={shape === 'draft' ? '2.6 2.4' : undefined} />
      </svg>
      {isLate ? lateWords(daysLate) : isExpired ? expiredWords(status) : statusWords(status)}
    </span>
  );
}

const circle = 'M8 2.5a5.5 5.5 0 1 0 0 11 5.5 5.5 0 0 0 0-11Z';
const shapes = {
  draft: circle,
  waiting: circle,
  asked: `${circle}M8 5v3l2 1.5`,
  sent: 'M2.5 8 13.5 3 10 13.5 7.5 9 2.5 8Z',
  done: 'm3 8.5 3.2 3.2L13 4.8',
  gone: 'm4 4 8 8M12 4l-8 8',
  late: 'M8 2.5 14.2 13H1.8L8 2.5ZM8 6.5v3M8 11.4v.01',
} as const;

type Appearance = { shape: keyof typeof shapes; tone: 'plain' | 'good' | 'warn' | 'danger' };

function appearanceOf(status: string, isLate: boolean, isExpired: boolean): Appearance {
  if (isLate) return { shape: 'late', tone: 'danger' };
  if (isExpired) return { shape: 'asked', tone: 'warn' };
  return appearances[status] ?? { shape: 'waiting', tone: 'plain' };
}

const appearances: Readonly<Record<string, Appearance>> = {
  DRAFT: { shape: 'draft', tone: 'plain' },
  SUBMITTED: { shape: 'asked', tone: 'plain' },
  AUTHORISED: { shape: 'waiting', tone: 'plain' },
  SENT: { shape: 'sent', tone: 'plain' },
  ACCEPTED: { shape: 'done', tone: 'good' },
  INVOICED: { shape: 'done', tone: 'good' },
  PAID: { shape: 'done', tone: 'good' },
  DECLINED: { shape: 'gone', tone: 'plain' },
  VOIDED: { shape: 'gone', tone: 'danger' },
  DELETED: { shape: 'gone', tone: 'danger' },
};
