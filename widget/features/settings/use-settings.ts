import { useMutation, useQuery, useQueryClient } from '@tanstack/react-query';
import type {
  AccessEntry,
  disconnectRoute,
  getSettingsRoute,
  putSettingsRoute,
  Settings,
} from '#shared/contract/settings.ts';
import { toFailure } from '#widget/session/failures/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import { settingsWords } from './words.ts';

const settingsKey = ['settings'];

export function useSettings() {
  const { session } = useFrame();
  const query = useQuery({
    queryKey: settingsKey,
    queryFn: () => session.call<typeof getSettingsRoute>({ method: 'GET', path: '/api/settings' }),
  });
  return {
    settings: query.data,
    failure: query.error && toFailure(query.error),
    isFetching: query.isFetching,
    refetch: query.refetch,
  };
}

export function useSaveAccess(onSaved: () => void) {
  const { session, announce } = useFrame();
  const keep = useKeepSettings();
  const client = useQueryClient();
  const { mutate, isPending, error } = useMutation({
    mutationFn: (body: { access: AccessEntry[]; accessVersion: number }) =>
      session.call<typeof putSettingsRoute>({ method: 'PUT', path: '/api/settings', body }),
    // Somebody else has saved the list, so it is loaded again.
    onError: () => client.invalidateQueries({ queryKey: settingsKey }),
    onSuccess: (settings) => {
      keep(settings);
      announce(settingsWords.saved);
      onSaved();
    },
  });
  return { save: mutate, isSaving: isPending, failure: error && toFailure(error) };
}

export function useDisconnect(onDone: () => void) {
  const { session, announce } = useFrame();
  const keep = useKeepSettings();
  const { mutate, isPending, error } = useMutation({
    mutationFn: () => session.call<typeof disconnectRoute>({ method: 'DELETE', path: '/api/connection' }),
    onSuccess: (settings) => {
      keep(settings);
      announce(settingsWords.disconnected);
      onDone();
    },
  });
  return { disconnect: () => mutate(), isDisconnecting: isPending, failure: error && toFailure(error) };
}

export function useKeepSettings() {
  const client = useQueryClient();
  return (settings: Settings) => client.setQueryData(settingsKey, settings);
}
