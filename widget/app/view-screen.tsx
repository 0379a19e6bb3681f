import type { ComponentProps } from 'react';
import { lazy, Suspense, useEffect, useRef } from 'react';
import type { Opened } from '#shared/contract/session/open.ts';
import type { SessionView } from '#shared/contract/session/view.ts';
import type { View } from '#shared/contract/view.ts';
import { LinkedContact } from '#widget/features/contact/linked-contact.tsx';
import { DetailsContext } from '#widget/lib/details.ts';
import { useFrame } from '#widget/session/frame.ts';
import { useReadyEvent } from '#widget/session/use-page-events.ts';
import { useView, type ViewState } from '#widget/session/use-view.ts';
import { FiguresSkeleton } from '#widget/ui/skeleton.tsx';
import { useAdding } from './use-adding.tsx';
import { useDetails } from './use-details.tsx';

const Unlinked = lazy(() =>
  import('./unlinked-with-notes.tsx').then((module) => ({ default: module.UnlinkedWithNotes })),
);
const Company = lazy(() =>
  import('./company-with-people.tsx').then((module) => ({ default: module.CompanyWithPeople })),
);
const Deal = lazy(() => import('./deal-with-forms.tsx').then((module) => ({ default: module.DealWithForms })));

const NotConnected = lazy(() => import('./own-screen.tsx').then((module) => ({ default: module.NotConnected })));

const Forbidden = lazy(() => import('./own-screen.tsx').then((module) => ({ default: module.ViewForbidden })));

const Travelling = lazy(() =>
  import('#widget/features/record/record-card.tsx').then((module) => ({ default: module.RecordCard })),
);

type Props = { opened: Opened; first: SessionView; reopen(): void; isOpening: boolean };

/** Shows the screen that fits the view. */
export function ViewScreen({ opened, first, reopen, isOpening }: Props) {
  const { context } = useFrame();
  const state = useView(first);
  const acted = useActedView(state);
  const details = useDetails(opened, state);
  useReadyEvent();
  if (details.screen) return details.screen;
  return (
    <DetailsContext value={details.open}>
      <Suspense fallback={<FiguresSkeleton isQuick={context.view === 'quick'} />}>
        <Screen opened={opened} state={state} {...acted} reopen={reopen} isOpening={isOpening} />
      </Suspense>
    </DetailsContext>
  );
}

type ScreenProps = Omit<Props, 'first'> & { state: ViewState } & ReturnType<typeof useActedView>;

function Screen({ opened, state, onView, hasActed, reopen, isOpening }: ScreenProps) {
  const { view } = state;
  // This effect is inside Suspense, so that it runs after a lazy screen has been loaded.
  // biome-ignore lint/correctness/useExhaustiveDependencies: checks after each change of the view
  useEffect(() => {
    if (hasActed.current) document.querySelector('h1')?.focus();
    hasActed.current = false;
  }, [view]);
  switch (view.status) {
    case 'not_connected':
      return <NotConnected reason={view.reason} onCheckAgain={reopen} isChecking={isOpening} />;
    case 'forbidden':
      return <Forbidden opened={opened} onCheckAgain={reopen} isChecking={isOpening} />;
    case 'unlinked':
      return <Unlinked opened={opened} view={view} state={state} onView={onView} />;
    case 'linked':
      return <LinkedWithForms opened={opened} view={view} state={state} onView={onView} />;
    case 'company':
      return <Company opened={opened} view={view} state={state} onView={onView} />;
    case 'deal':
      return <Deal opened={opened} view={view} state={state} />;
    case 'record':
      return <Travelling opened={opened} view={view} state={state} />;
  }
}

/** Shows the view that an action answered with, and moves the focus to its heading. */
function useActedView({ replace }: ViewState) {
  const hasActed = useRef(false);
  const onView = (next: View) => {
    hasActed.current = true;
    void replace(next);
  };
  return { onView, hasActed };
}

type LinkedProps = Omit<ComponentProps<typeof LinkedContact>, 'addEntries' | 'notes'>;

/** The figures of a linked record, or the form of a document that is being added to it. */
function LinkedWithForms(props: LinkedProps) {
  const { opened, view, state } = props;
  const { entries, form, notes } = useAdding({ opened, contact: view.contact, unfinished: view.unfinished, state });
  return form ?? <LinkedContact {...props} addEntries={entries} notes={notes} />;
}
