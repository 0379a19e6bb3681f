import type { ComponentProps, ReactElement } from 'react';
import { renderToStaticMarkup } from 'react-dom/server';
import { expect, test } from 'vitest';
import type { ListedDocument } from '#shared/contract/documents.ts';
import type { Figure, Summary } from '#shared/contract/summary.ts';
import { Members } from '#widget/features/company/members.tsx';
import { ChosenDocuments } from '#widget/features/deal/chosen-documents.tsx';
import { DealBar } from '#widget/features/deal/deal-bar.tsx';
import { DocumentRows } from '#widget/features/documents/list/document-rows.tsx';
import { DocumentTable } from '#widget/features/documents/list/document-table.tsx';
import { DetailsContext } from '#widget/lib/details.ts';
import { createFormat } from '#widget/lib/format.ts';
import { type Frame, FrameContext } from '#widget/session/frame.ts';
import { SummaryFigures } from '#widget/ui/figures/summary-figures.tsx';

function unused(): never {
  throw new Error('not needed to draw figures');
}
const frame: Frame = {
  host: { getContext: unused, subscribe: unused, getToken: unused, send: unused },
  session: { open: unused, call: unused, withBearer: unused, close: unused },
  context: {
    ns: 'ledgerside',
    v: 1,
    type: 'context',
    recordType: 'contact',
    recordId: '1',
    view: 'detail',
    theme: 'light',
    locale: 'en-AU',
  },
  format: createFormat('en-AU', () => new Date('2026-11-30T00:00:00Z')),
  announce: unused,
};

/** Name, label and value of each figure in what is drawn, found as the live updates find them: by attributes. */
function listFigures(screen: ReactElement): string[][] {
  const html = renderToStaticMarkup(
    <FrameContext value={frame}>
      <DetailsContext value={unused}>{screen}</DetailsContext>
    </FrameContext>,
  );
  return html
    .split(/<(?=\w+[^>]* data-figure=)/)
    .slice(1)
    .map((part) => [
      readAttribute(part, 'figure'),
      readAttribute(part, 'label'),
      [...part.matchAll(/<(\w+) data-value[^>]*>(.*?)<\/\1>(?=<|$)/g)]
        .map(([, , value = '']) => value)
        .join(' ')
        .replaceAll(/<[^>]*>/g, ' ')
        .replaceAll(/\s+/g, ' ')
        .trim(),
    ]);
}

function readAttribute(tag: string, name: string): string {
  return tag.match(new RegExp(`^[^>]*data-${name}="([^"]*)"`))?.[1] ?? '';
}

function figure(count: number): Figure {
  return { count, totals: [{ currency: 'AUD', amount: `${count}00.00` }] };
}
const summary: Summary = {
  openQuotes: figure(1),
  expiredQuotes: figure(2),
  acceptedQuotes: figure(3),
  outstandingInvoices: figure(4),
  overdueInvoices: figure(5),
  outstandingBills: figure(6),
  overdueBills: figure(7),
  drafts: { invoices: figure(8), bills: figure(9) },
  credit: { invoices: figure(10), bills: figure(11) },
  ageing: { invoices: [], bills: [] },
  mostDaysLate: 3,
  nextDueDate: null,
};
const contact = { id: 'c-1', name: 'Blue Gum Dental', url: null };
const invoice: ListedDocument = {
  id: 'i-1',
  kind: 'invoice',
  number: 'INV-1',
  reference: null,
  status: 'AUTHORISED',
  date: null,
  dueDate: null,
  currency: 'AUD',
  total: '80.00',
  amountDue: '30.00',
  daysLate: null,
  isExpired: false,
  url: null,
  contact,
};
function stage(amount: string) {
  return { amount: { currency: 'AUD', amount }, others: [] };
}
const list: ComponentProps<typeof DocumentRows> = {
  kind: 'invoice',
  documents: [invoice],
  hasContacts: true,
  isDeal: false,
  lastId: null,
  onChoose: null,
  onOpen: unused,
  walk: { onKeyDown: unused, onFocus: unused },
  tabIndexOf: () => 0,
};

test('when a summary is drawn, then every figure of it can be marked', () => {
  expect(listFigures(<SummaryFigures summary={summary} view="detail" isDimmed={false} isPart={false} />)).toEqual([
    ['hero', '', 'AUD 500.00'],
    ['outstandingInvoices', 'Outstanding invoices', '4 AUD 400.00'],
    ['overdueInvoices', 'of which overdue', '5 AUD 500.00'],
    ['outstandingBills', 'Outstanding bills', '6 AUD 600.00'],
    ['overdueBills', 'of which overdue', '7 AUD 700.00'],
    ['openQuotes', 'Draft and sent', '1 AUD 100.00'],
    ['expiredQuotes', 'of which expired', '2 AUD 200.00'],
    ['acceptedQuotes', 'Accepted, not invoiced', '3 AUD 300.00'],
    ['draftInvoices', 'Draft invoices', '8 AUD 800.00'],
    ['draftBills', 'Draft bills', '9 AUD 900.00'],
    ['creditInvoices', 'Their unused credit', '10 AUD 1,000.00'],
    ['creditBills', 'Your unused credit', '11 AUD 1,100.00'],
  ]);
});

test('when the quick view is drawn, then every figure of it can be marked', () => {
  expect(listFigures(<SummaryFigures summary={summary} view="quick" isDimmed={false} isPart={false} />)).toEqual([
    ['hero', '', 'AUD 500.00'],
    ['outstandingInvoices', 'Invoices', '4 AUD 400.00'],
    ['outstandingBills', 'Bills', '6 AUD 600.00'],
    ['openQuotes', 'Quotes', '1 AUD 100.00'],
  ]);
});

test('when a deal’s bar is drawn, then every stage can be marked', () => {
  const bar = {
    includesTax: false,
    quoted: stage('1.00'),
    invoiced: stage('2.00'),
    paid: stage('3.00'),
    credited: stage('4.00'),
  };
  expect(listFigures(<DealBar bar={bar} onInvoice={null} />)).toEqual([
    ['quoted', 'Quoted', 'AUD 1.00'],
    ['invoiced', 'Invoiced', 'AUD 2.00'],
    ['paid', 'Paid', 'AUD 3.00'],
    ['credited', 'Credited', 'AUD 4.00'],
  ]);
});

test('when a deal’s document is drawn, then its amount can be marked', () => {
  expect(listFigures(<ChosenDocuments chosen={[invoice]} canChoose={false} />)).toEqual([
    ['chosen i-1', 'INV-1', 'AUD 30.00'],
  ]);
});

test('when a company’s member is drawn, then its amount can be marked', () => {
  expect(listFigures(<Members members={[{ contact, records: [], summary }]} onUnlinked={null} />)).toEqual([
    ['c-1', 'Blue Gum Dental', 'AUD 400.00'],
  ]);
});

test('when a document is listed in rows or a table, then its amounts can be marked', () => {
  expect(listFigures(<DocumentRows {...list} />)).toEqual([['row i-1', 'INV-1', 'AUD 30.00']]);
  expect(listFigures(<DocumentTable {...list} />)).toEqual([
    ['table row i-1', 'INV-1', 'Awaiting payment AUD 80.00 AUD 30.00'],
  ]);
});
