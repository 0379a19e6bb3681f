import { lazy, type ReactNode, Suspense, useEffect, useRef, useState } from 'react';
import type { DocumentKind } from '#shared/contract/document.ts';
import type { Opened } from '#shared/contract/session/open.ts';
import type { UnfinishedWrite } from '#shared/contract/write.ts';
import { findKept } from '#widget/features/add-document/draft/kept-draft.ts';
import { useFrame } from '#widget/session/frame.ts';
import { can } from '#widget/session/use-opened.ts';
import type { ViewState } from '#widget/session/use-view.ts';
import { kindWords } from '#widget/ui/documents/kind-words.ts';
import type { MenuItem } from '#widget/ui/menu.tsx';
import { FiguresSkeleton } from '#widget/ui/skeleton.tsx';

const AddDocument = lazy(() =>
  import('#widget/features/add-document/add-document.tsx').then((module) => ({ default: module.AddDocument })),
);
const UnfinishedWrites = lazy(() =>
  import('#widget/features/add-document/unfinished-writes.tsx').then((module) => ({
    default: module.UnfinishedWrites,
  })),
);

const kinds = [
  { kind: 'quote', right: 'quotes' },
  { kind: 'invoice', right: 'invoices' },
  { kind: 'bill', right: 'bills' },
] as const;

type Asked = {
  opened: Opened;
  /** The Xero contact of new documents; null when that is not clear. */
  contact: { id: string; name: string } | null;
  unfinished: readonly UnfinishedWrite[] | undefined;
  state: ViewState;
};

export type Adding = {
  /** Entries of the ⋮ menu: the documents that this user may add. */
  entries: MenuItem[];
  /** Replaces the view while it is open. */
  form: ReactNode;
  /** Documents that Xero has not confirmed. */
  notes: ReactNode;
  /** Opens an invoice with the deal's lines. null when this user may not add one, or the Xero contact is not clear. */
  addFromDeal: (() => void) | null;
};

/**
 * Adds documents to a record's Xero contact, as far as the user's rights allow. The code of forms is loaded on
 * request.
 */
export function useAdding({ opened, contact, unfinished, state }: Asked): Adding {
  const { context } = useFrame();
  const isKept = (kind: DocumentKind) => contact !== null && findKept({ opened, contactId: contact.id, kind }) !== null;
  const [kind, setKind] = useState<DocumentKind | null>(() =>
    context.view === 'quick' ? null : (listAllowed(opened).find((each) => isKept(each.kind))?.kind ?? null),
  );
  const [isFromDeal, setIsFromDeal] = useState(false);
  useFocusAfterwards(kind);
  const open = (next: DocumentKind, fromDeal = false) => {
    setIsFromDeal(fromDeal);
    setKind(next);
  };
  const reload = () => void state.refresh('known');
  const close = (isUnknown: boolean) => {
    setKind(null);
    // The failure shows up in the view.
    if (isUnknown) reload();
  };
  return {
    entries: contact ? listEntries(opened, open) : [],
    form: contact && kind && (
      <Suspense fallback={<FiguresSkeleton />}>
        <AddDocument {...{ opened, kind, contact, isFromDeal }} onClose={close} onCreated={reload} />
      </Suspense>
    ),
    addFromDeal: contact && can(opened, 'invoices') ? () => open('invoice', true) : null,
    notes: (
      <Unconfirmed writes={unfinished ?? []}>
        {(writes) => (
          <UnfinishedWrites opened={opened} writes={writes} contactId={contact?.id ?? null} reload={reload} />
        )}
      </Unconfirmed>
    ),
  };
}

function listEntries(opened: Opened, open: (kind: DocumentKind) => void): MenuItem[] {
  return listAllowed(opened).map(({ kind }) => ({
    label: kindWords[kind].add,
    icon: 'plus',
    onSelect: () => open(kind),
  }));
}

function listAllowed(opened: Opened) {
  return kinds.filter(({ right }) => can(opened, right));
}

/** Stays on the screen once it was needed, because it tells how each document ended. */
function Unconfirmed({
  writes,
  children,
}: {
  writes: readonly UnfinishedWrite[];
  children(writes: readonly UnfinishedWrite[]): ReactNode;
}) {
  const [isNeeded, setIsNeeded] = useState(false);
  if (writes.length > 0 && !isNeeded) setIsNeeded(true);
  return isNeeded && <Suspense>{children(writes)}</Suspense>;
}

/** Moves the focus to the view's heading when the form closes. */
function useFocusAfterwards(kind: DocumentKind | null) {
  const before = useRef(kind);
  useEffect(() => {
    if (before.current && !kind) document.querySelector('h1')?.focus();
    before.current = kind;
  }, [kind]);
}
