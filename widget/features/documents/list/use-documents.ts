import { useQueries, useQuery } from '@tanstack/react-query';
import type { DocumentKind } from '#shared/contract/document.ts';
import type { DocumentList, listDocumentsRoute } from '#shared/contract/documents.ts';
import { type Told, toFailure, toTold } from '#widget/session/failures/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import type { Session } from '#widget/session/session.ts';
import { type ListQuery, startQuery, toParameters } from './list-query.ts';

export const documentsKey = ['documents'];

/** `failure`: why newer documents could not be loaded. */
export type Documents = Told & {
  /** The last good page. While another page loads, it is of the same kind. */
  list: DocumentList | undefined;
  isFetching: boolean;
  /** True while the page that is shown is not yet the requested one. */
  isPrevious: boolean;
  refetch(): void;
};

/** One page of documents. A known page is shown at once and loaded again. */
export function useDocuments(query: ListQuery): Documents {
  const { session } = useFrame();
  const { data, error, isFetching, isPlaceholderData, refetch } = useQuery({
    ...listOptions(session, query),
    placeholderData: (previous: DocumentList | undefined) =>
      previous?.documents[0]?.kind === query.kind ? previous : undefined,
  });
  return {
    list: data,
    ...toTold(error ? toFailure(error) : (data?.error ?? null)),
    isFetching,
    isPrevious: isPlaceholderData,
    refetch: () => void refetch(),
  };
}

/** The number of open documents by kind; absent until it is known. */
export function useCounts(kinds: readonly DocumentKind[]): Partial<Record<DocumentKind, number>> {
  const { session } = useFrame();
  const answers = useQueries({ queries: kinds.map((kind) => listOptions(session, startQuery(kind))) });
  return Object.fromEntries(kinds.flatMap((kind, index) => [[kind, answers[index]?.data?.total]]));
}

function listOptions(session: Session, query: ListQuery) {
  return {
    queryKey: [...documentsKey, toParameters(query)],
    queryFn: () =>
      session.call<typeof listDocumentsRoute>({ method: 'GET', path: '/api/documents', query: toParameters(query) }),
    staleTime: 0,
  };
}
