import { type ReactNode, useState } from 'react';
import type { RecordRef } from '#shared/contract/record.ts';
import type { Opened } from '#shared/contract/session/open.ts';
import type { CompanyView, View } from '#shared/contract/view.ts';
import { useFrame } from '#widget/session/frame.ts';
import { can } from '#widget/session/use-opened.ts';
import type { ViewState } from '#widget/session/use-view.ts';
import { KnownFigures } from '#widget/ui/figures/known-figures.tsx';
import { Header } from '#widget/ui/header.tsx';
import { Menu, type MenuItem } from '#widget/ui/menu.tsx';
import { UnlinkQuestion } from '#widget/ui/unlink-question.tsx';
import { Members } from './members.tsx';
import { companyWords } from './words.ts';
import '#widget/ui/styles/screens.css';
import './company.css';
import { uiWords } from '#widget/ui/words.ts';

type Props = {
  opened: Opened;
  view: CompanyView;
  state: ViewState;
  /** The first entries of the menu: documents to add. They come from another feature. */
  addEntries: MenuItem[];
  /** Shown above the figures. It comes from another feature. */
  notes: ReactNode;
  onView(view: View): void;
  /** Draws the list of unlinked records. It comes from another feature. */
  renderUnlinked(title: string, records: readonly RecordRef[]): ReactNode;
};

/** A company's figures: the sum over the distinct Xero contacts of its people and of itself. */
export function CompanyFigures({ opened, view, state, addEntries, notes, onView, renderUnlinked }: Props) {
  const { context } = useFrame();
  const [isAsking, setIsAsking] = useState(false);
  const organisation = opened.organisation && uiWords.inOrganisation(opened.organisation.name);
  const isQuick = context.view === 'quick';
  const own = findOwn(view);
  const canUnlink = can(opened, 'link');
  // With several contacts, the links are in the list below.
  const url = (own ?? (view.members.length === 1 ? view.members[0] : undefined))?.contact.url;
  const open: MenuItem[] = url ? [{ label: uiWords.viewInXero, icon: 'external', href: url }] : [];
  const refresh: MenuItem = { label: uiWords.refresh, icon: 'refresh', onSelect: () => state.refresh('fresh') };
  const unlink: MenuItem = {
    label: uiWords.unlink,
    icon: 'unlink',
    tone: 'danger',
    onSelect: () => setIsAsking(true),
  };
  return (
    <>
      <Header title={opened.record.name ?? ''} subtitle={isQuick ? null : organisation}>
        <Menu label={uiWords.moreActions} groups={[addEntries, [...open, refresh], own && canUnlink ? [unlink] : []]} />
      </Header>
      {isAsking && own && (
        <UnlinkQuestion contactName={own.contact.name} onUnlinked={onView} onCancel={() => setIsAsking(false)} />
      )}
      {notes}
      <KnownFigures known={view} state={state}>
        <Members members={view.members} onUnlinked={canUnlink ? onView : null} />
        {!isQuick && <div className="pad">{renderUnlinked(companyWords.notLinked, unlinkedRecords(opened, view))}</div>}
      </KnownFigures>
    </>
  );
}

/** The Xero contact that the company itself is linked to. */
function findOwn({ members }: CompanyView) {
  return members.find(({ records }) => records.some(({ type }) => type === 'company'));
}

/** The company first, when it has no Xero contact of its own, then its people without one. */
function unlinkedRecords({ record }: Opened, { members, unlinked }: CompanyView): RecordRef[] {
  const isCompany = ({ type }: RecordRef) => type === 'company';
  const people = unlinked.filter((other) => !isCompany(other));
  const isLinked = members.some(({ records }) => records.some(isCompany));
  const own: RecordRef[] = unlinked.filter(isCompany);
  if (own.length === 0 && !isLinked && record.type === 'company' && record.id !== null)
    own.push({ type: 'company', id: record.id, name: record.name ?? '' });
  return [...own, ...people];
}
