import { useEffect, useId, useRef } from 'react';
import type { DocumentKind } from '#shared/contract/document.ts';
import type { ListedDocument } from '#shared/contract/documents.ts';
import type { Failure } from '#widget/session/failures/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Button } from '#widget/ui/button.tsx';
import { kindWords } from '#widget/ui/documents/kind-words.ts';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { FailureNote, UnreadableNote } from '#widget/ui/failures/failure-note.tsx';
import { TabList } from '#widget/ui/lists/tab-list.tsx';
import { RowsSkeleton } from '#widget/ui/skeleton.tsx';
import type { DocumentsContact } from '../documents-screen.tsx';
import { DetailsHeader } from '../opened/details-header.tsx';
import { listWords } from '../words.ts';
import { DocumentList } from './document-list.tsx';
import { Filters } from './filters.tsx';
import { isFiltered, type ListQuery, startQuery } from './list-query.ts';
import { Pager } from './pager.tsx';
import { useCounts, useDocuments } from './use-documents.ts';

export type Choose = (choosing: { document: ListedDocument; isChosen: boolean }) => void;

type Props = {
  title: string;
  kinds: readonly DocumentKind[];
  contacts: readonly DocumentsContact[];
  query: ListQuery;
  onQuery(query: ListQuery): void;
  isDeal: boolean;
  onChoose: Choose | null;
  chooseFailure: Failure | null;
  /** The document that was open before. */
  lastId: string | null;
  onOpen(document: ListedDocument): void;
  onBack(): void;
};

/** The lists of quotes, invoices and bills, one kind at a time. */
export function DocumentLists(props: Props) {
  const { title, kinds, contacts, query, onQuery, chooseFailure, onBack } = props;
  const id = useId();
  const { format } = useFrame();
  const counts = useCounts(kinds);
  const change = (part: Partial<ListQuery>) => onQuery({ ...query, page: 1, ...part });
  return (
    <>
      <DetailsHeader title={title} backLabel={listWords.back} onBack={onBack} />
      <TabList
        id={id}
        label={listWords.tabs}
        tabs={kinds.map((kind) => ({
          tab: kind,
          words: kindWords[kind].plural,
          count: writeCount(counts[kind], format.count),
        }))}
        chosen={query.kind}
        onChoose={(kind) => onQuery(startQuery(kind))}
      />
      {chooseFailure && <ActError title={listWords.chooseFailed} failure={chooseFailure} />}
      <div role="tabpanel" id={`${id}-panel-${query.kind}`} aria-labelledby={`${id}-${query.kind}`}>
        <Filters query={query} contacts={contacts} onChange={change} />
        <Listed {...props} onChange={change} />
      </div>
    </>
  );
}

/** Keeps room for an unknown count, so that tabs do not move. */
function writeCount(count: number | undefined, write: (count: number) => string): string {
  return count === undefined ? '\u2007' : write(count);
}

function Listed({ query, contacts, isDeal, lastId, onChoose, onOpen, onChange }: Props & ListedProps) {
  const { list, failure, unreadable, isFetching, isPrevious, refetch } = useDocuments(query);
  const { format } = useFrame();
  const top = useRef<HTMLDivElement>(null);
  useEffect(() => {
    if (query.page > 1) top.current?.scrollIntoView({ block: 'nearest' });
  }, [query.page]);
  return (
    <div ref={top} className={isPrevious ? 'documents-outdated' : undefined} aria-busy={isFetching}>
      {failure && (
        <FailureNote failure={failure} isRetrying={isFetching} onRetry={refetch} knownSince={list?.asOf ?? null} />
      )}
      {unreadable > 0 && <UnreadableNote count={unreadable} />}
      {!list && !failure && <RowsSkeleton />}
      <p className="sr" role="status">
        {list && !isPrevious && listWords.found(format.count(list.total), list.total === 1)}
      </p>
      {list && list.total === 0 && !failure && (!unreadable || isFiltered(query)) && (
        <NothingListed
          kind={query.kind}
          isFiltered={isFiltered(query)}
          onClear={() => onChange(startQuery(query.kind))}
          onClosed={() => onChange({ isClosed: true })}
        />
      )}
      {list && list.total > 0 && (
        <DocumentList
          kind={query.kind}
          documents={list.documents}
          hasContacts={contacts.length !== 1}
          isDeal={isDeal}
          lastId={lastId}
          onChoose={onChoose}
          onOpen={onOpen}
        />
      )}
      {list?.partialUntil && <p className="small pad">{listWords.partial(format.day(list.partialUntil))}</p>}
      {list && <Pager list={list} onPage={(page) => onChange({ page })} />}
    </div>
  );
}

type ListedProps = { onChange(part: Partial<ListQuery>): void };

type NoneProps = { kind: DocumentKind; isFiltered: boolean; onClear(): void; onClosed(): void };

function NothingListed({ kind, isFiltered, onClear, onClosed }: NoneProps) {
  if (!isFiltered)
    return (
      <div className="documents-none">
        <p>{kindWords[kind].noneOpen}</p>
        <Button onClick={onClosed}>{listWords.showClosed}</Button>
      </div>
    );
  return (
    <div className="documents-none">
      <p>{listWords.noSuch}</p>
      <p className="small">{listWords.noSuchHint}</p>
      <Button onClick={onClear}>{listWords.clear}</Button>
    </div>
  );
}
