import { useMutation } from '@tanstack/react-query';
import type { Defaults, putSettingsRoute } from '#shared/contract/settings.ts';
import { toFailure } from '#widget/session/failures/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import { useKeepSettings } from './use-settings.ts';
import { defaultsWords } from './words.ts';

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
