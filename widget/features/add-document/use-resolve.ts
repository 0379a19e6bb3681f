import { useMutation } from '@tanstack/react-query';
import { useState } from 'react';
import type { CreatedDocument } from '#shared/contract/document.ts';
import type { RouteBody } from '#shared/contract/route.ts';
import type { resolveWriteRoute, UnfinishedWrite } from '#shared/contract/write.ts';
import { type Failure, toFailure } from '#widget/session/failures/failure.ts';
import { useFrame } from '#widget/session/frame.ts';
import { unfinishedWords } from './words.ts';

type Asked = { write: UnfinishedWrite } & { step: RouteBody<typeof resolveWriteRoute> };

/** The result of checking a write. */
export type Resolved = { write: UnfinishedWrite; created: CreatedDocument | null };

type Outcome = { onSettled(resolved: Resolved): void; onUndecided(): void };

/** Resolves writes one by one. `onSettled` gets each result; `onUndecided` is called if a person has to choose. */
export function useResolve({ onSettled, onUndecided }: Outcome) {
  const { session, host, announce } = useFrame();
  const [resolved, setResolved] = useState<readonly Resolved[]>([]);
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
      setResolved((others) => [...others, { write, created }]);
      onSettled({ write, created });
    },
    onError: (thrown) => {
      if (toFailure(thrown).write?.state === 'undecided') onUndecided();
    },
  });
  return {
    resolve: mutate,
    resolved,
    /** The write that is being checked. */
    resolving: isPending ? variables.write.id : null,
    failed: error && variables ? toFailed(variables.write.id, toFailure(error)) : null,
  };
}

/** Several candidates are not a failure: the view shows them. */
function toFailed(id: string, failure: Failure): { id: string; failure: Failure } | null {
  return failure.write?.state === 'undecided' ? null : { id, failure };
}
