import { useMutation, useQuery } from '@tanstack/react-query';
import type { getChoicesRoute } from '#shared/contract/choices.ts';
import type { Defaults, putSettingsRoute } from '#shared/contract/settings.ts';
import { toFailure } from '#widget/session/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import { useKeepSettings } from './use-settings.ts';
import { defaultsWords } from './words.ts';

/** The organisation's active accounts and tax rates. */
export function useChoices() {
  const { session } = useFrame();
  const query = useQuery({
    queryKey: ['choices'],
    queryFn: () => session.call<typeof getChoicesRoute>({ method: 'GET', path: '/api/choices' }),
    gcTime: 0,
  });
  return {
    choices: query.data,
    failure: query.error && toFailure(query.error),
    isFetching: query.isFetching,
    retry: () => void query.refetch(),
  };
}

export function useSaveDefaults(onSaved: () => void) {
  const { session, announce } = useFrame();
  const keep = useKeepSettings();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (defaults: Defaults) =>
      session.call<typeof putSettingsRoute>({ method: 'PUT', path: '/api/settings', body: { defaults } }),
    onSuccess: (settings) => {
      keep(settings);
      announce(defaultsWords.saved);
      onSaved();
    },
  });
  return { save: mutate, isSaving: isPending, failure: error && toFailure(error) };
}
