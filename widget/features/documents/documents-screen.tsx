import { type KeyboardEvent, useState } from 'react';
import type { DocumentRef } from '#shared/document-kinds.ts';
import '#widget/ui/styles/screens.css';
import './list/list.css';
import './list/document-table.css';
import './opened/opened.css';
import type { DocumentKind } from '#shared/contract/document.ts';
import type { Opened } from '#shared/contract/session/open.ts';
import { can } from '#widget/session/use-opened.ts';
import type { ViewState } from '#widget/session/use-view.ts';
import { DocumentLists } from './list/document-lists.tsx';
import { type ListQuery, startQuery } from './list/list-query.ts';
import { useChoosing } from './list/use-choosing.ts';
import { OpenedPage, type OpenedRef } from './opened/opened-page.tsx';

/** A Xero contact that the lists can be filtered by. */
export type DocumentsContact = { id: string; name: string };

type Props = {
  opened: Opened;
  title: string;
  state: ViewState;
  /** The contacts of this view. With several, each row names its contact. */
  contacts: readonly DocumentsContact[];
  /** The document that is opened at once instead of the lists. */
  start: DocumentRef | null;
  onClose(): void;
};

/** View Details: the lists of documents and the opened document. Escape leads back, step by step. */
export function DocumentsScreen({ opened, title, state, contacts, start, onClose }: Props) {
  const [shown, setShown] = useState<OpenedRef | null>(start);
  const [lastId, setLastId] = useState<string | null>(null);
  const [query, setQuery] = useState<ListQuery>(() => startQuery(start?.kind ?? startKind(state)));
  const kinds = listKinds(opened);
  const isDeal = opened.record.type === 'deal';
  const { choose, failure } = useChoosing((view) => void state.replace(view));
  const isChooser = isDeal && can(opened, 'link');
  const back = () => (shown && shown !== start ? setShown(null) : onClose());

  return (
    // biome-ignore lint/a11y/noStaticElementInteractions: Escape from anywhere within leads back
    <div data-part="details" onKeyDown={(event) => isEscape(event) && back()}>
      {shown ? (
        <OpenedPage
          shown={shown}
          onBack={back}
          onChoose={isChooser ? choose : null}
          chooseFailure={failure}
          timeZone={opened.organisation?.timeZone}
          onMade={(made) => setShown({ kind: made.created.document.kind, id: made.created.document.id, made })}
          onChanged={() => void state.refresh('known')}
        />
      ) : (
        <DocumentLists
          title={title}
          kinds={kinds}
          contacts={contacts}
          query={query}
          onQuery={setQuery}
          isDeal={isDeal}
          onChoose={isChooser ? choose : null}
          chooseFailure={failure}
          lastId={lastId}
          onOpen={({ kind, id }) => {
            setLastId(id);
            setShown({ kind, id });
          }}
          onBack={onClose}
        />
      )}
    </div>
  );
}

function listKinds(opened: Opened): DocumentKind[] {
  return can(opened, 'viewBills') ? ['quote', 'invoice', 'bill'] : ['quote', 'invoice'];
}

/** The first tab: the kind with most open documents. Deals start with quotes. */
function startKind({ view }: ViewState): DocumentKind {
  if (view.status === 'deal' || !('summary' in view) || !view.summary) return 'quote';
  const { outstandingInvoices, drafts, outstandingBills, openQuotes } = view.summary;
  if (outstandingInvoices.count > 0) return 'invoice';
  if ((outstandingBills?.count ?? 0) > 0) return 'bill';
  return openQuotes.count === 0 && drafts.invoices.count > 0 ? 'invoice' : 'quote';
}

/** Escape first closes an open question or list. */
function isEscape({ key, target, defaultPrevented }: KeyboardEvent): boolean {
  const isOwn = target instanceof Element && target.closest('[role=alertdialog], [role=menu], select') !== null;
  return key === 'Escape' && !defaultPrevented && !isOwn;
}
