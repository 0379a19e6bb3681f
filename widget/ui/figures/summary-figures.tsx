import type { Summary } from '#shared/contract/summary.ts';
import { useFrame } from '#widget/session/frame.ts';
import { AgeingBar } from './ageing-bar.tsx';
import { type FigureRow, FigureTable } from './figure-table.tsx';
import { Hero } from './hero.tsx';
import { QuietLines } from './quiet-lines.tsx';
import { figureWords } from './words.ts';

type Props = {
  summary: Summary;
  view: 'detail' | 'quick';
  isDimmed: boolean;
  /** True if unreadable documents are missing. */
  isPart: boolean;
};

/** All figures of a contact, a company or a deal. The quick view shows only the main ones. */
export function SummaryFigures({ summary, view, isDimmed, isPart }: Props) {
  return (
    <div data-part="summary" className={`${view}${isDimmed ? ' dimmed' : ''}`}>
      <Hero summary={summary} isPart={isPart} />
      {view === 'quick' ? <QuickTable summary={summary} /> : <Tables summary={summary} />}
    </div>
  );
}

function Tables({ summary }: { summary: Summary }) {
  const { outstandingInvoices, overdueInvoices, ageing } = summary;
  return (
    <div className="tables pad">
      <section>
        <FigureTable
          title={figureWords.theyOwe}
          rows={[
            {
              name: 'outstandingInvoices',
              label: figureWords.outstandingInvoices,
              shortLabel: figureWords.invoices,
              figure: outstandingInvoices,
            },
            {
              name: 'overdueInvoices',
              label: figureWords.ofWhichOverdue,
              shortLabel: figureWords.overdue,
              figure: overdueInvoices,
              tone: 'over',
            },
          ]}
        />
        {outstandingInvoices.count > 0 && <AgeingBar ageing={ageing.invoices} kind="invoice" />}
      </section>
      <div>
        {billRows(summary).length > 0 && (
          <section>
            <FigureTable title={figureWords.youOwe} rows={billRows(summary)} />
            {ageing.bills && hasBills(summary) && <AgeingBar ageing={ageing.bills} kind="bill" />}
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

function hasBills({ outstandingBills }: Summary): boolean {
  return outstandingBills !== undefined && outstandingBills.count > 0;
}

function billRows({ outstandingBills, overdueBills }: Summary): FigureRow[] {
  if (!outstandingBills || !overdueBills) return [];
  return [
    {
      name: 'outstandingBills',
      label: figureWords.outstandingBills,
      shortLabel: figureWords.bills,
      figure: outstandingBills,
    },
    {
      name: 'overdueBills',
      label: figureWords.ofWhichOverdue,
      shortLabel: figureWords.overdue,
      figure: overdueBills,
      tone: 'over',
    },
  ];
}

function quoteRows({ openQuotes, expiredQuotes }: Summary): FigureRow[] {
  const open: FigureRow = { name: 'openQuotes', label: figureWords.draftAndSent, figure: openQuotes };
  if (expiredQuotes.count === 0) return [open];
  return [
    open,
    {
      name: 'expiredQuotes',
      label: figureWords.ofThemExpired,
      shortLabel: figureWords.expired,
      figure: expiredQuotes,
      tone: 'part',
    },
  ];
}

function QuickTable({ summary }: { summary: Summary }) {
  const { format } = useFrame();
  const note = (count: number | undefined, word: string, tone: 'danger' | 'warn') =>
    count ? { text: `${format.count(count)} ${word}`, tone } : undefined;
  const { outstandingInvoices, outstandingBills, overdueBills, openQuotes, expiredQuotes } = summary;
  const rows: FigureRow[] = [
    { name: 'outstandingInvoices', label: figureWords.open.invoices, figure: outstandingInvoices },
  ];
  if (outstandingBills)
    rows.push({
      name: 'outstandingBills',
      label: figureWords.open.bills,
      figure: outstandingBills,
      note: note(overdueBills?.count, figureWords.overdue, 'danger'),
    });
  rows.push({
    name: 'openQuotes',
    label: figureWords.open.quotes,
    figure: openQuotes,
    note: note(expiredQuotes.count, figureWords.expired, 'warn'),
  });
  return (
    <div className="pad">
      <FigureTable title={figureWords.open.title} isTitleHidden rows={rows} />
    </div>
  );
}
