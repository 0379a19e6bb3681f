import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CalendarDate } from '#shared/calendar.ts';
import type { CreatedDocument } from '#shared/contract/document.ts';
import type { DocumentAction, documentRoutes } from '#shared/contract/document-actions.ts';
import type { OpenedDocument } from '#shared/contract/documents.ts';
import { newKey } from '#widget/lib/new-key.ts';
import { CallError, type Failure, toFailure } from '#widget/session/failures/failure.ts';
import { sayErrors } from '#widget/session/failures/say-errors.ts';
import { useFrame } from '#widget/session/frame.ts';
import type { Session } from '#widget/session/session.ts';
import { documentTitle } from '#widget/ui/documents/document-words.ts';
import { documentsKey } from '../list/use-documents.ts';
import { actionWords } from '../words.ts';
import { type Attempt, afterFailure, findDueDateRefusal, nextAttempt } from './act-attempt.ts';
import { documentKey } from './use-document.ts';

export type ActDone = { action: DocumentAction; created: CreatedDocument };
export type ActFailed = { action: DocumentAction; attempt: Attempt; failure: Failure };

type Outcome = {
  /** `made`: the invoice that a quote was converted to, with its warnings. */
  onDone(made: CreatedDocument | null): void;
  onDueDateAsked(): void;
};

/** Runs one action on a document. Until Xero has answered, a retry of the action is the same request. */
export function useAct(document: OpenedDocument, { onDone, onDueDateAsked }: Outcome) {
  const { session, host, announce, format } = useFrame();
  const client = useQueryClient();
  const [attempts, setAttempts] = useState(() => new Map<DocumentAction, Attempt>());
  const keep = (action: DocumentAction, attempt: Attempt) =>
    setAttempts((known) => new Map(known).set(action, attempt));
  const { mutate, isPending, variables, error, data } = useMutation({
    mutationFn: async ({ action, attempt }: Omit<ActFailed, 'failure'>): Promise<ActDone> => {
      return { action, created: await act(session, document, action, attempt) };
    },
    onSuccess: async ({ action, created }) => {
      setAttempts((known) => new Map([...known].filter(([name]) => name !== action)));
      announce(actionWords(action, document.kind, documentTitle(document)).done);
      const made = action === 'convert_to_invoice' ? created : null;
      if (made) {
        const { kind, id, number, url } = made.document;
        host.send({ type: 'event', name: 'created', detail: { kind, id, number, url: url ?? '' } });
      }
      onDone(made);
      await Promise.all([documentKey, documentsKey].map((queryKey) => client.invalidateQueries({ queryKey })));
    },
    onError: (thrown, { action, attempt }) => {
      const failure = toFailure(thrown);
      keep(action, afterFailure(attempt, failure));
      if (findDueDateRefusal(failure) !== undefined) onDueDateAsked();
    },
  });
  const start = (action: DocumentAction, dueDate?: CalendarDate) => {
    const attempt = nextAttempt(attempts.get(action), dueDate, newKey);
    keep(action, attempt);
    mutate({ action, attempt });
  };
  return {
    act: start,
    acting: isPending ? variables.action : null,
    done: data ?? null,
    failed: error && variables ? toFailed(variables, sayErrors(toFailure(error), format.day)) : null,
  };
}

function toFailed({ action, attempt }: Omit<ActFailed, 'failure'>, failure: Failure): ActFailed {
  return { action, attempt: afterFailure(attempt, failure), failure };
}

async function act(
  session: Session,
  { kind, id }: OpenedDocument,
  action: DocumentAction,
  { key, dueDate }: Attempt,
): Promise<CreatedDocument> {
  const call = { method: 'POST', params: { id }, body: { action, dueDate }, idempotencyKey: key } as const;
  try {
    switch (kind) {
      case 'quote':
        return await session.call<typeof documentRoutes.quote.act>({ ...call, path: '/api/quotes/:id/actions' });
      case 'invoice':
        return await session.call<typeof documentRoutes.invoice.act>({ ...call, path: '/api/invoices/:id/actions' });
      case 'bill':
        return await session.call<typeof documentRoutes.bill.act>({ ...call, path: '/api/bills/:id/actions' });
    }
  } catch (error) {
    const made = error instanceof CallError && error.failure.code === 'already_created' && error.failure.document;
    // An earlier request under this key has done it.
    if (made) return { document: made, previewTotal: null, warnings: [] };
    throw error;
  }
}
