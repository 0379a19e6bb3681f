import type { ReactNode } from 'react';
import type { Opened } from '#shared/contract/session/open.ts';
import type { DealView as Deal } from '#shared/contract/view.ts';
import { useFrame } from '#widget/session/frame.ts';
import { can } from '#widget/session/use-opened.ts';
import type { ViewState } from '#widget/session/use-view.ts';
import { KnownFigures } from '#widget/ui/figures/known-figures.tsx';
import { Header } from '#widget/ui/header.tsx';
import { Menu, type MenuItem } from '#widget/ui/menu.tsx';
import { ChosenDocuments } from './chosen-documents.tsx';
import { DealBar } from './deal-bar.tsx';
import { dealWords } from './words.ts';
import '#widget/ui/styles/screens.css';
import './deal.css';
import { uiWords } from '#widget/ui/words.ts';

type Props = {
  opened: Opened;
  view: Deal;
  state: ViewState;
  /** The first entries of the menu: documents to add. They come from another feature. */
  addEntries: MenuItem[];
  /** Shown above the figures. It comes from another feature. */
  notes: ReactNode;
  /** Opens an invoice for what is not invoiced yet; null for users who may not add one. */
  onInvoice: (() => void) | null;
};

/** The progress of the deal in Xero, then its open amounts. */
export function DealView({ opened, view, state, addEntries, notes, onInvoice }: Props) {
  const { context, format } = useFrame();
  const refresh = { label: uiWords.refresh, icon: 'refresh', onSelect: () => state.refresh('fresh') } as const;
  const { summary, asOf, stale, bar, chosen } = view;
  const side = bar?.includesTax ? 'gross' : 'net';
  const known = { summary: chosen.length > 0 ? summary : null, asOf, stale };
  const isNoneRead = chosen.length === 0 && state.unreadable > 0;
  return (
    <>
      <Header
        title={opened.record.name ?? ''}
        subtitle={bar && (bar.value ? dealWords.value[side](format.money(bar.value)) : dealWords.noValue[side])}
      >
        <Menu label={uiWords.moreActions} groups={[addEntries, [refresh]]} />
      </Header>
      {notes}
      <KnownFigures
        known={known}
        state={state}
        lead={bar && <DealBar bar={bar} onInvoice={onInvoice} />}
        isComplete={chosen.length === 0}
      >
        {context.view !== 'quick' && !isNoneRead && <ChosenDocuments chosen={chosen} canChoose={can(opened, 'link')} />}
      </KnownFigures>
    </>
  );
}
