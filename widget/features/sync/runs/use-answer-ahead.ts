import { useMutation } from '@tanstack/react-query';
import type { actOnRecordRoute } from '#shared/contract/sync/actions.ts';
import type { RunRow } from '#shared/contract/sync/runs.ts';
import { toFailure } from '#widget/session/failures/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import { runWords } from '../words.ts';

type Answer = { choice: string; label: string; questionId: string };

/** Answers the question of a dry run. `answered`: the label of the choice. */
export function useAnswerAhead({ kind, crmId }: Pick<RunRow, 'kind' | 'crmId'>) {
  const { session, announce } = useFrame();
  const { mutate, isPending, isSuccess, variables, error } = useMutation({
    mutationFn: ({ choice, questionId }: Answer) =>
      session.call<typeof actOnRecordRoute>({
        method: 'POST',
        path: '/api/records/:kind/:crmId/actions',
        params: { kind, crmId: crmId ?? '' },
        body: { action: 'answer', choice, questionId },
      }),
    onSuccess: (_record, { label }) => announce(runWords.answered(label)),
  });
  return {
    answer: mutate,
    pendingId: isPending ? variables.choice : null,
    answered: isSuccess ? variables.label : null,
    failure: error && toFailure(error),
  };
}
