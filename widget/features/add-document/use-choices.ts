import { useQuery } from '@tanstack/react-query';
import type { getChoicesRoute } from '#shared/contract/choices.ts';
import { toFailure } from '#widget/session/failure.ts';
import { useFrame } from '#widget/session/frame.ts';

/** Loads the lists that the form offers, each time a form opens. The server caches them for some minutes. */
export function useChoices(contactId: string) {
  const { session } = useFrame();
  const query = useQuery({
    queryKey: ['choices', contactId],
    queryFn: () => session.call<typeof getChoicesRoute>({ method: 'GET', path: '/api/choices', query: { contactId } }),
    gcTime: 0,
  });
  return {
    choices: query.data,
    failure: query.error && toFailure(query.error),
    isFetching: query.isFetching,
    retry: () => void query.refetch(),
  };
}
