import { lazy, Suspense, useEffect, useRef } from 'react';
import type { Opened } from '#shared/contract/open.ts';
import type { View } from '#shared/contract/view.ts';
import { DetailsContext } from '#widget/lib/details.ts';
import { useReadyEvent } from '#widget/lib/use-ready-event.ts';
import { useView, type ViewState } from '#widget/lib/use-view.ts';
import { FiguresSkeleton } from '#widget/ui/skeleton.tsx';
import { Forbidden } from './forbidden.tsx';
import { LinkedWithForms } from './linked-with-forms.tsx';
import { NotConnected } from './not-connected.tsx';
import { UnlinkedWithNotes } from './unlinked-with-notes.tsx';
import { useDetails } from './use-details.tsx';

const Company = lazy(() =>
  import('./company-with-people.tsx').then((module) => ({ default: module.CompanyWithPeople })),
);
const Deal = lazy(() => import('./deal-with-forms.tsx').then((module) => ({ default: module.DealWithForms })));

type Props = { opened: Opened; first: View; reopen(): void; isOpening: boolean };

/** The screen that a view asks for. */
export function ViewScreen({ opened, first, reopen, isOpening }: Props) {
  const state = useView(first);
  const onView = useActedView(state);
  const details = useDetails(opened, state);
  useReadyEvent();
  if (details.screen) return details.screen;
  return (
    <DetailsContext value={details.open}>
      <Screen opened={opened} state={state} onView={onView} reopen={reopen} isOpening={isOpening} />
    </DetailsContext>
  );
}

type ScreenProps = Omit<Props, 'first'> & { state: ViewState; onView(view: View): void };

function Screen({ opened, state, onView, reopen, isOpening }: ScreenProps) {
  const { view } = state;
  switch (view.status) {
    case 'not_connected':
      return <NotConnected reason={view.reason} onCheckAgain={reopen} isChecking={isOpening} />;
    case 'forbidden':
      return <Forbidden onCheckAgain={reopen} isChecking={isOpening} />;
    case 'unlinked':
      return <UnlinkedWithNotes opened={opened} view={view} state={state} onView={onView} />;
    case 'linked':
      return <LinkedWithForms opened={opened} view={view} state={state} onView={onView} />;
    case 'company':
      return (
        <Suspense fallback={<FiguresSkeleton />}>
          <Company opened={opened} view={view} state={state} onView={onView} />
        </Suspense>
      );
    case 'deal':
      return (
        <Suspense fallback={<FiguresSkeleton />}>
          <Deal opened={opened} view={view} state={state} />
        </Suspense>
      );
  }
}

/** Shows what an act answered with, and takes the focus to its heading. */
function useActedView({ view, replace }: ViewState) {
  const hasActed = useRef(false);
  // biome-ignore lint/correctness/useExhaustiveDependencies: looks after each change of the view
  useEffect(() => {
    if (!hasActed.current) return;
    hasActed.current = false;
    document.querySelector('h1')?.focus();
  }, [view]);
  return (next: View) => {
    hasActed.current = true;
    void replace(next);
  };
}
