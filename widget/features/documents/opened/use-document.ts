import { useQuery } from '@tanstack/react-query';
import type { getDocumentRoute } from '#shared/contract/documents.ts';
import type { DocumentRef } from '#shared/document-kinds.ts';
import { toFailure } from '#widget/session/failures/failure.ts';
import { useFrame } from '#widget/session/frame.ts';

export const documentKey = ['document'];

/** One document as Xero has it. The known content stays while it is loaded again. */
export function useDocument({ kind, id }: DocumentRef) {
  const { session } = useFrame();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: [...documentKey, kind, id],
    queryFn: () =>
      session.call<typeof getDocumentRoute>({
        method: 'GET',
        path: '/api/documents/:kind/:id',
        params: { kind, id },
      }),
    staleTime: 0,
  });
  return { document: data, failure: error && toFailure(error), isFetching, refetch: () => void refetch() };
}
