import type { Summary } from '#shared/contract/summary.ts';
import { useFrame } from '#widget/lib/frame.ts';
import { AgeingBar } from './ageing-bar.tsx';
import { type FigureRow, FigureTable } from './figure-table.tsx';
import { Hero } from './hero.tsx';
import { QuietLines } from './quiet-lines.tsx';
import { figureWords, plural } from './words.ts';

type Props = { summary: Summary; view: 'detail' | 'quick' };

/** All figures of a contact, a company or a deal; in the quick view only the first ones. */
export function SummaryFigures({ summary, view }: Props) {
  return (
    <div className={`summary ${view}`}>
      <Hero summary={summary} />
      {view === 'quick' ? <QuickTable summary={summary} /> : <Tables summary={summary} />}
    </div>
  );
}

function Tables({ summary }: { summary: Summary }) {
  const { outstandingInvoices, overdueInvoices, ageing } = summary;
  return (
    <div className="tables pad">
      <section className="they-owe">
        <FigureTable
          title={figureWords.theyOwe}
          rows={[
            { label: figureWords.outstandingInvoices, figure: outstandingInvoices },
            { label: figureWords.ofItOverdue, figure: overdueInvoices, tone: 'over' },
          ]}
        />
        {outstandingInvoices.count > 0 && <AgeingBar ageing={ageing.invoices} />}
      </section>
      <div>
        {billRows(summary).length > 0 && (
          <section>
            <FigureTable title={figureWords.youOwe} rows={billRows(summary)} />
          </section>
        )}
        <section>
          <FigureTable title={figureWords.quotes} rows={quoteRows(summary)} />
        </section>
        <QuietLines summary={summary} />
      </div>
    </div>
  );
}

function billRows({ outstandingBills, overdueBills }: Summary): FigureRow[] {
  if (!outstandingBills || !overdueBills) return [];
  return [
    { label: figureWords.outstandingBills, figure: outstandingBills },
    { label: figureWords.ofItOverdue, figure: overdueBills, tone: 'over' },
  ];
}

function quoteRows({ openQuotes, expiredQuotes }: Summary): FigureRow[] {
  const open: FigureRow = { label: figureWords.draftAndSent, figure: openQuotes };
  if (expiredQuotes.count === 0) return [open];
  return [open, { label: figureWords.ofThemExpired, figure: expiredQuotes, tone: 'part' }];
}

function QuickTable({ summary }: { summary: Summary }) {
  const { format } = useFrame();
  const late = (count: number | undefined) => (count ? `${format.count(count)} overdue` : undefined);
  const expired = summary.expiredQuotes.count;
  const rows: FigureRow[] = [{ label: 'Invoices', figure: summary.outstandingInvoices }];
  if (summary.outstandingBills)
    rows.push({ label: 'Bills', figure: summary.outstandingBills, note: late(summary.overdueBills?.count) });
  rows.push({
    label: 'Quotes',
    figure: summary.openQuotes,
    note: expired ? plural(expired, 'expired', 'expired', format) : undefined,
  });
  return (
    <div className="pad">
      <FigureTable title="Open in Xero" isTitleHidden rows={rows} />
    </div>
  );
}
