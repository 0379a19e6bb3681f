import type { Summary } from '#shared/contract/summary.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Icon } from '../icon.tsx';
import { FigureAmount } from './figure-amount.tsx';
import { figureWords, lateBillsWords, nothingLateWords, nothingOverdueWords, overdueWords } from './words.ts';

/**
 * The first line: what is overdue, in large type, or that nothing is. `isPart`: unreadable documents may be overdue.
 */
export function Hero({ summary, isPart }: { summary: Summary; isPart: boolean }) {
  const { format } = useFrame();
  const late = summary.overdueBills?.count ?? 0;
  const overdue = summary.overdueInvoices;
  if (overdue.count > 0)
    return (
      <section data-figure="hero" className="hero danger" aria-label={figureWords.heroTitle}>
        <p data-value className={`hero-amount${overdue.totals.length > 2 ? ' many' : ''}`}>
          <FigureAmount figure={overdue} />
        </p>
        <p className="hero-words">{overdueWords(summary, format)}</p>
      </section>
    );
  return (
    <section className={`hero good${isPart ? ' part' : ''}`} aria-label={figureWords.heroTitle}>
      <p className="hero-good">
        {!isPart && <Icon name="check" />}
        {nothingLateWords(late > 0, isPart)}
      </p>
      <p className="hero-words small">{nothingOverdueWords(summary, format, isPart)}</p>
      {late > 0 && <p className="hero-late">{lateBillsWords(late, format)}</p>}
    </section>
  );
}
