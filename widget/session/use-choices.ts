import { useQuery } from '@tanstack/react-query';
import type { getChoicesRoute } from '#shared/contract/choices.ts';
import { toFailure } from './failures/failure.ts';
import { useFrame } from './frame.ts';

/**
 * The organisation's active accounts, tax rates and other lists, with a contact also its defaults. Loaded each time a
 * form opens; the server caches them for some minutes.
 */
export function useChoices(contactId?: string) {
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
