import { useMutation } from '@tanstack/react-query';
import type { RecordView } from '#shared/contract/session/view.ts';
import type { actOnRecordRoute, RecordAction } from '#shared/contract/sync/actions.ts';
import { toFailure } from '#widget/session/failures/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import type { ViewState } from '#widget/session/use-view.ts';
import { stateWords } from '#widget/ui/records/record-words.ts';

type ActRequest = { action: RecordAction; choice?: string; questionId?: string };

/**
 * Acts on the record of this session. The answer is shown at once, and the history is loaded after it. After a refusal
 * the record is loaded too, because the facts may have moved.
 */
export function useAct(view: RecordView, state: ViewState) {
  const { session, announce } = useFrame();
  const { kind, crmId } = view.record;
  const { mutate, isPending, variables, error } = useMutation({
    mutationFn: (body: ActRequest) =>
      session.call<typeof actOnRecordRoute>({
        method: 'POST',
        path: '/api/records/:kind/:crmId/actions',
        params: { kind, crmId: crmId ?? '' },
        body,
      }),
    onSuccess: async ({ record }) => {
      await state.replace({ ...view, record });
      announce(stateWords[record.state]);
      // The pressed button is gone.
      document.querySelector('h1')?.focus();
      await state.refresh('known');
    },
    onError: () => state.refresh('known'),
  });
  const pending = isPending ? variables : undefined;
  return { act: mutate, pending, failure: error && toFailure(error) };
}
