import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type { getRulesRoute, putRulesRoute, RulesChange } from '#shared/contract/sync/rules.ts';
import { toFailure } from '#widget/session/failures/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import { useNetwork } from '#widget/session/use-network.ts';
import { useReload } from '../use-reload.ts';
import { rulesWords } from '../words.ts';

const rulesKey = ['sync', 'rules'];

export function useRules() {
  const { session } = useFrame();
  const query = useQuery({
    queryKey: rulesKey,
    queryFn: () => session.call<typeof getRulesRoute>({ method: 'GET', path: '/api/sync/rules' }),
    staleTime: 0,
  });
  const refetch = () => void query.refetch();
  useNetwork(refetch);
  return { rules: query.data, failure: query.error && toFailure(query.error), isFetching: query.isFetching, refetch };
}

/** Saves the members and kinds that are named. The server decides waiting records again before it answers. */
export function useSaveRules(onSaved?: () => void) {
  const { session, announce } = useFrame();
  const client = useQueryClient();
  const reload = useReload();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (body: RulesChange) =>
      session.call<typeof putRulesRoute>({ method: 'PUT', path: '/api/sync/rules', body }),
    onSuccess: (rules) => {
      client.setQueryData(rulesKey, rules);
      announce(rulesWords.saved);
      onSaved?.();
      reload();
    },
  });
  return { save: mutate, isSaving: isPending, failure: error && toFailure(error) };
}
