import { useQuery } from '@tanstack/react-query';
import type { searchContactsRoute } from '#shared/contract/contact.ts';
import type { XeroContact } from '#shared/contract/xero-contact.ts';
import { useDebounced } from '#widget/lib/use-debounced.ts';
import { toFailure } from '#widget/session/failures/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import { linkWords } from './words.ts';

/** How long to wait after the last key before searching Xero, in milliseconds. */
const restMs = 250;
const none: readonly XeroContact[] = [];

export function useContactSearch(text: string) {
  const { session } = useFrame();
  const search = useDebounced(text.trim(), restMs);
  const query = useQuery({
    queryKey: ['contacts', search],
    // Not cached, because an old result would lack a contact that was just added.
    gcTime: 0,
    enabled: search !== '' && text.trim() !== '',
    queryFn: () =>
      session.call<typeof searchContactsRoute>({ method: 'GET', path: '/api/contacts', query: { search } }),
  });
  const isResting = search === text.trim();
  const contacts = text.trim() === '' || !isResting ? none : (query.data?.contacts ?? none);
  const failure = isResting && query.error ? toFailure(query.error) : null;
  return { contacts, failure, status: statusOf(), isFetching: query.isFetching, retry: query.refetch };

  function statusOf(): string {
    if (text.trim() === '' || failure) return '';
    if (!isResting || !query.data) return linkWords.searching;
    return contacts.length === 0 ? linkWords.noRecords : linkWords.found(contacts.length, query.data.hasMore === true);
  }
}
