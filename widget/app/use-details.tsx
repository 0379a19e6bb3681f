import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import type { Opened } from '#shared/contract/session/open.ts';
import type { SessionView } from '#shared/contract/session/view.ts';
import type { DocumentRef } from '#shared/document-kinds.ts';
import type { ViewState } from '#widget/session/use-view.ts';
import { FiguresSkeleton } from '#widget/ui/skeleton.tsx';

const DocumentsScreen = lazy(() =>
  import('#widget/features/documents/documents-screen.tsx').then((module) => ({ default: module.DocumentsScreen })),
);

export type Details = {
  /** Opens View Details, or one document in it. */
  open(ref?: DocumentRef): void;
  /** Replaces the view while it is open. */
  screen: ReactNode;
};

/** View Details for any view. Its code is loaded on request. */
export function useDetails(opened: Opened, state: ViewState): Details {
  const [asked, setAsked] = useState<{ ref: DocumentRef | null } | null>(null);
  useFocusAfterwards(asked !== null);
  const contacts = listContacts(state.view);
  const screen = asked && contacts && (
    <Suspense fallback={<FiguresSkeleton />}>
      <DocumentsScreen
        opened={opened}
        title={(contacts.length === 1 && contacts[0]?.name) || (opened.record.name ?? '')}
        state={state}
        contacts={contacts}
        start={asked.ref}
        onClose={() => setAsked(null)}
      />
    </Suspense>
  );
  return { open: (ref) => setAsked({ ref: ref ?? null }), screen };
}

/** The Xero contacts of a view; null when it has none. A deal does not know all of its contacts beforehand. */
function listContacts(view: SessionView) {
  switch (view.status) {
    case 'linked':
      return [view.contact];
    case 'company':
      return view.members.map(({ contact }) => contact);
    case 'deal':
      return [];
    default:
      return null;
  }
}

/** Moves the focus back to the button that opened View Details, or to the heading when that button is gone. */
function useFocusAfterwards(isOpen: boolean) {
  const wasOpen = useRef(false);
  useEffect(() => {
    if (wasOpen.current && !isOpen) findStart()?.focus();
    wasOpen.current = isOpen;
  }, [isOpen]);
}

function findStart(): HTMLElement | null {
  return document.querySelector<HTMLElement>('[data-part=view-details] button') ?? document.querySelector('h1');
}
