import { useQuery } from '@tanstack/react-query';
import type { listSuggestionsRoute } from '#shared/contract/contact.ts';
import type { RecordRef } from '#shared/contract/record.ts';
import { type Failure, toFailure } from '#widget/session/failure.ts';
import { useFrame } from '#widget/session/frame.ts';

/** Whom a person may be in Xero, asked for when they are opened. `failure` beside `found`: not all could be asked. */
export function useSuggestions({ type, id }: RecordRef) {
  const { session } = useFrame();
  const { data, error, isFetching, refetch } = useQuery({
    queryKey: ['suggestions', type, id],
    // A contact that was added meanwhile belongs to them.
    gcTime: 0,
    queryFn: () =>
      session.call<typeof listSuggestionsRoute>({ method: 'GET', path: '/api/suggestions', query: { type, id } }),
  });
  const failure: Failure | null = error ? toFailure(error) : (data?.error ?? null);
  return { found: data, failure, isFetching, retry: () => void refetch() };
}
