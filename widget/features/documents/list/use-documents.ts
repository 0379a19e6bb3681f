import { useQueries, useQuery } from '@tanstack/react-query';
import type { DocumentKind } from '#shared/contract/document.ts';
import type { DocumentList, listDocumentsRoute } from '#shared/contract/documents.ts';
import { type Told, toFailure, toTold } from '#widget/session/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import type { Session } from '#widget/session/session.ts';
import { type ListQuery, startQuery, toParameters } from './list-query.ts';

export const documentsKey = ['documents'];

/** `failure`: why newer ones could not be had. */
export type Documents = Told & {
  /** The last good page; of the same kind while another one is on its way. */
  list: DocumentList | undefined;
  isFetching: boolean;
  /** The page shown is the one before the one asked for. */
  isPrevious: boolean;
  refetch(): void;
};

/** One page of documents. Coming back to it shows what was there at once and asks again. */
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

/** How many open documents there are of each kind; absent until it is known. */
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
