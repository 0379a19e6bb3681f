import { useQuery } from '@tanstack/react-query';
import type { listSuggestionsRoute } from '#shared/contract/contact.ts';
import type { RecordRef } from '#shared/contract/record.ts';
import { type Failure, toFailure } from '#widget/session/failure.ts';
import { useFrame } from '#widget/session/frame.ts';

/** Suggestions for one person. `failure` beside `found` means that the list is not complete. */
export function useSuggestions({ type, id }: RecordRef) {
  const { session } = useFrame();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['suggestions', type, id],
    // Not cached, because a contact that was just added must show up.
    gcTime: 0,
    queryFn: () =>
      session.call<typeof listSuggestionsRoute>({ method: 'GET', path: '/api/suggestions', query: { type, id } }),
  });
  const failure: Failure | null = error ? toFailure(error) : (data?.error ?? null);
  return { found: data, failure, isFetching, retry: () => void refetch() };
}
