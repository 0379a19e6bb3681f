import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { getMappingRoute, MappingChange, putMappingRoute } from '#shared/contract/sync/mapping.ts';
import { toFailure } from '#widget/session/failures/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import { useNetwork } from '#widget/session/use-network.ts';
import { mappingWords } from '../words.ts';

const mappingKey = ['sync', 'mapping'];

export function useMapping() {
  const { session } = useFrame();
  const query = useQuery({
    queryKey: mappingKey,
    queryFn: () => session.call<typeof getMappingRoute>({ method: 'GET', path: '/api/sync/mapping' }),
    staleTime: 0,
  });
  const refetch = () => void query.refetch();
  useNetwork(refetch);
  return { mapping: query.data, failure: query.error && toFailure(query.error), isFetching: query.isFetching, refetch };
}

/** Saves choices. Records that waited for them go. */
export function useSaveMapping(onSaved: () => void) {
  const { session, announce } = useFrame();
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (body: MappingChange) =>
      session.call<typeof putMappingRoute>({ method: 'PUT', path: '/api/sync/mapping', body }),
    onSuccess: (mapping) => {
      client.setQueryData(mappingKey, mapping);
      announce(mappingWords.saved);
      onSaved();
      void client.invalidateQueries({ queryKey: ['sync', 'overview'] });
    },
  });
  return { save: mutate, isSaving: isPending, failure: error && toFailure(error) };
}
