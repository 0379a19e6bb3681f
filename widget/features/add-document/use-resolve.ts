import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { CreatedDocument } from '#shared/contract/document.ts';
import type { RouteBody } from '#shared/contract/route.ts';
import type { resolveWriteRoute, UnfinishedWrite } from '#shared/contract/write.ts';
import { type Failure, toFailure } from '#widget/session/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import { unfinishedWords } from './words.ts';

type Asked = { write: UnfinishedWrite } & { step: RouteBody<typeof resolveWriteRoute> };

/** What came of a write that was looked into. */
export type Settled = { write: UnfinishedWrite; created: CreatedDocument | null };

type Outcome = { onSettled(settled: Settled): void; onUndecided(): void };

/** Settles writes one by one; `onSettled` is told of each, `onUndecided` that there is something to choose from now. */
export function useResolve({ onSettled, onUndecided }: Outcome) {
  const { session, host, announce } = useFrame();
  const [settled, setSettled] = useState<readonly Settled[]>([]);
  const { mutate, isPending, variables, error } = useMutation({
    mutationFn: ({ write, step }: Asked) =>
      session.call<typeof resolveWriteRoute>({
        method: 'POST',
        path: '/api/writes/:id/resolve',
        params: { id: write.id },
        body: step,
      }),
    onSuccess: ({ created }, { write }) => {
      const document = created?.document ?? null;
      const { kind } = write;
      announce(document ? unfinishedWords.found(kind, document.number) : unfinishedWords.gone);
      if (document) {
        const { id, number, url } = document;
        host.send({ type: 'event', name: 'created', detail: { kind, id, number, url: url ?? '' } });
      }
      setSettled((others) => [...others, { write, created }]);
      onSettled({ write, created });
    },
    onError: (thrown) => {
      if (toFailure(thrown).write?.state === 'undecided') onUndecided();
    },
  });
  return {
    resolve: mutate,
    settled,
    /** The write that is being looked into. */
    resolving: isPending ? variables.write.id : null,
    failed: error && variables ? toFailed(variables.write.id, toFailure(error)) : null,
  };
}

/** Several that could be it are no failure: the view shows them. */
function toFailed(id: string, failure: Failure): { id: string; failure: Failure } | null {
  return failure.write?.state === 'undecided' ? null : { id, failure };
}
