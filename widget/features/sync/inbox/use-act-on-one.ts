import { useMutation } from '@tanstack/react-query';
import type { actOnRecordRoute, RecordAction } from '#shared/contract/sync/actions.ts';
import type { RecordSummary } from '#shared/contract/sync/record.ts';
import { toFailure } from '#widget/session/failures/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import { stateWords } from '#widget/ui/records/record-words.ts';
import { useReload } from '../use-reload.ts';

type Act = { action: RecordAction; choice?: string; questionId?: string };

/** Acts on one record of the list. The list is loaded again, also after a refusal, as the facts may have moved. */
export function useActOnOne({ kind, crmId }: RecordSummary) {
  const { session, announce } = useFrame();
  const reload = useReload();
  const { mutate, isPending, variables, error } = useMutation({
    mutationFn: (body: Act) =>
      session.call<typeof actOnRecordRoute>({
        method: 'POST',
        path: '/api/records/:kind/:crmId/actions',
        params: { kind, crmId: crmId ?? '' },
        body,
      }),
    onSuccess: ({ record }) => announce(stateWords[record.state]),
    onSettled: reload,
  });
  return { act: mutate, pending: isPending ? variables : undefined, failure: error && toFailure(error) };
}
