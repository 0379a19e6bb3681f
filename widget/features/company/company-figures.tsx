import type { ReactNode } from 'react';
import type { Opened } from '#shared/contract/open.ts';
import type { RecordRef } from '#shared/contract/record.ts';
import type { CompanyView } from '#shared/contract/view.ts';
import { useFrame } from '#widget/lib/frame.ts';
import type { ViewState } from '#widget/lib/use-view.ts';
import { KnownFigures } from '#widget/ui/figures/known-figures.tsx';
import { Header } from '#widget/ui/header.tsx';
import { Menu, type MenuItem } from '#widget/ui/menu.tsx';
import { Members } from './members.tsx';
import { companyWords } from './words.ts';

type Props = {
  opened: Opened;
  view: CompanyView;
  state: ViewState;
  /** What may be added, first in the menu; another feature's. */
  addEntries: MenuItem[];
  /** Stands above the figures; another feature's. */
  notes: ReactNode;
  /** The way to link records that are not; which is another feature's. */
  renderUnlinked(title: string, records: readonly RecordRef[]): ReactNode;
};

/** A company: one sum over the distinct Xero contacts of its people and its own. */
export function CompanyFigures({ opened, view, state, addEntries, notes, renderUnlinked }: Props) {
  const { context } = useFrame();
  const organisation = opened.organisation && companyWords.inOrganisation(opened.organisation.name);
  const isQuick = context.view === 'quick';
  const refresh = { label: companyWords.refresh, icon: 'refresh', onSelect: () => state.refresh('fresh') } as const;
  return (
    <>
      <Header title={opened.record.name ?? ''} subtitle={isQuick ? null : organisation}>
        <Menu label={companyWords.menu} groups={[addEntries, [refresh]]} />
      </Header>
      {notes}
      <KnownFigures known={view} state={state}>
        <Members members={view.members} />
        {!isQuick && <div className="pad">{renderUnlinked(companyWords.notLinked, unlinkedRecords(opened, view))}</div>}
      </KnownFigures>
    </>
  );
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
