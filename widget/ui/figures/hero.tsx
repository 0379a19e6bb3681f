import type { Summary } from '#shared/contract/summary.ts';
import { useFrame } from '#widget/lib/frame.ts';
import { Icon } from '../icon.tsx';
import { FigureAmount } from './figure-amount.tsx';
import { nothingOverdueWords, overdueWords, plural } from './words.ts';

/** The first glance: what is overdue, alone in large type; or that nothing is. */
export function Hero({ summary }: { summary: Summary }) {
  const { format } = useFrame();
  const late = summary.overdueBills?.count ?? 0;
  const overdue = summary.overdueInvoices;
  if (overdue.count > 0)
    return (
      <section className="hero danger" aria-label="Overdue">
        <p className={`hero-amount${overdue.totals.length > 2 ? ' many' : ''}`}>
          <FigureAmount figure={overdue} />
        </p>
        <p className="hero-words">{overdueWords(summary, format)}</p>
      </section>
    );
  return (
    <section className="hero good" aria-label="Overdue">
      <p className="hero-good">
        <Icon name="check" />
        {late > 0 ? 'Nothing overdue from them' : 'Nothing overdue'}
      </p>
      <p className="hero-words small">{nothingOverdueWords(summary, format)}</p>
      {late > 0 && <p className="hero-late">You are late with {plural(late, 'bill', 'bills', format)}</p>}
    </section>
  );
}
