import { lazy, type ReactNode, Suspense, useState } from 'react';
import type { Opened } from '#shared/contract/session/open.ts';
import type { LinkedView, View } from '#shared/contract/view.ts';
import { useFrame } from '#widget/session/frame.ts';
import { can } from '#widget/session/use-opened.ts';
import type { ViewState } from '#widget/session/use-view.ts';
import { KnownFigures } from '#widget/ui/figures/known-figures.tsx';
import { Header } from '#widget/ui/header.tsx';
import { Menu, type MenuItem } from '#widget/ui/menu.tsx';
import { uiWords } from '#widget/ui/words.ts';

const UnlinkQuestion = lazy(() =>
  import('#widget/ui/unlink-question.tsx').then((module) => ({ default: module.UnlinkQuestion })),
);

type Props = {
  opened: Opened;
  view: LinkedView;
  state: ViewState;
  onView(view: View): void;
  /** The first entries of the menu: documents to add. They come from another feature. */
  addEntries: MenuItem[];
  /** Shown above the figures. It comes from another feature. */
  notes: ReactNode;
};

/** A linked record: what both sides owe, and the actions of the menu. */
export function LinkedContact({ opened, view, state, onView, addEntries, notes }: Props) {
  const { context } = useFrame();
  const [isAsking, setIsAsking] = useState(false);
  const { contact } = view;
  const organisation = opened.organisation && uiWords.inOrganisation(opened.organisation.name);
  const isQuick = context.view === 'quick';
  const subtitle = contact.isArchived ? uiWords.archived : isQuick ? null : organisation;
  const refresh = () => state.refresh('fresh');
  const ask = can(opened, 'link') ? () => setIsAsking(true) : undefined;
  return (
    <>
      <Header title={contact.name} href={contact.url} subtitle={subtitle}>
        <Menu label={uiWords.moreActions} groups={[addEntries, ...menuGroups(contact.url, refresh, ask)]} />
      </Header>
      {isAsking && (
        <Suspense>
          <UnlinkQuestion contactName={contact.name} onUnlinked={onView} onCancel={() => setIsAsking(false)} />
        </Suspense>
      )}
      {notes}
      <KnownFigures known={view} state={state} />
    </>
  );
}

function menuGroups(url: string | null, refresh: () => void, askUnlink?: () => void): MenuItem[][] {
  const open: MenuItem[] = url ? [{ label: uiWords.viewInXero, icon: 'external', href: url }] : [];
  const unlink: MenuItem[] = askUnlink
    ? [{ label: uiWords.unlink, icon: 'unlink', tone: 'danger', onSelect: askUnlink }]
    : [];
  return [[...open, { label: uiWords.refresh, icon: 'refresh', onSelect: refresh }], unlink];
}
