import { useMutation } from '@tanstack/react-query';
import type { actOnRecordRoute, RecordAction } from '#shared/contract/sync/actions.ts';
import type { RecordSummary, SyncRecord } from '#shared/contract/sync/record.ts';
import { toFailure } from './failures/failure.ts';
import { useFrame } from './frame.ts';

export type RecordAct = { action: RecordAction; choice?: string; questionId?: string };

type Options = {
  /** `record`: what has become of it. */
  onDone(record: SyncRecord): unknown;
  /** After a refusal, as the facts may have moved. */
  onRefused(): unknown;
};

/** Acts on a synced record, such as Retry, or the answer to its question. */
export function useRecordAct({ kind, crmId }: RecordSummary, { onDone, onRefused }: Options) {
  const { session } = useFrame();
  const { mutate, isPending, variables, error } = useMutation({
    mutationFn: (body: RecordAct) =>
      session.call<typeof actOnRecordRoute>({
        method: 'POST',
        path: '/api/records/:kind/:crmId/actions',
        params: { kind, crmId: crmId ?? '' },
        body,
      }),
    onSuccess: ({ record }) => onDone(record),
    onError: onRefused,
  });
  return { act: mutate, pending: isPending ? variables : undefined, failure: error && toFailure(error) };
}
