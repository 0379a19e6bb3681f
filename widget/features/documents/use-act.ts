import { useMutation, useQueryClient } from '@tanstack/react-query';
import { useState } from 'react';
import type { CreatedDocument, DocumentAnswer } from '#shared/contract/document.ts';
import type { DocumentAction, documentRoutes } from '#shared/contract/document-actions.ts';
import type { OpenedDocument } from '#shared/contract/documents.ts';
import { toFailure } from '#widget/lib/failure.ts';
import { useFrame } from '#widget/lib/frame.ts';
import { newKey } from '#widget/lib/new-key.ts';
import type { Session } from '#widget/lib/session.ts';
import { documentTitle } from '#widget/ui/documents/document-words.ts';
import { documentKey } from './use-document.ts';
import { documentsKey } from './use-documents.ts';
import { actionWords } from './words.ts';

export type ActDone = { action: DocumentAction; created: CreatedDocument };

/** One step with a document. Until Xero has answered, trying the same step again is the same request. */
export function useAct(document: OpenedDocument, onDone: (made: DocumentAnswer | null) => void) {
  const { session, host, announce } = useFrame();
  const client = useQueryClient();
  const [keys, setKeys] = useState(() => new Map<DocumentAction, string>());
  const { mutate, isPending, variables, error, data } = useMutation({
    mutationFn: async (action: DocumentAction): Promise<ActDone> => {
      const key = keys.get(action) ?? newKey();
      setKeys((known) => new Map(known).set(action, key));
      return { action, created: await act(session, document, action, key) };
    },
    onSuccess: async ({ action, created }) => {
      setKeys((known) => new Map([...known].filter(([name]) => name !== action)));
      announce(actionWords(action, document.kind, documentTitle(document)).done);
      const made = action === 'convert_to_invoice' ? created.document : null;
      if (made) {
        const { kind, id, number, url } = made;
        host.send({ type: 'event', name: 'created', detail: { kind, id, number, url: url ?? '' } });
      }
      onDone(made);
      await Promise.all([documentKey, documentsKey].map((queryKey) => client.invalidateQueries({ queryKey })));
    },
  });
  return {
    act: mutate,
    acting: isPending ? variables : null,
    done: data ?? null,
    failed: error && variables ? { action: variables, failure: toFailure(error) } : null,
  };
}

function act(session: Session, { kind, id }: OpenedDocument, action: DocumentAction, idempotencyKey: string) {
  const call = { method: 'POST', params: { id }, body: { action }, idempotencyKey } as const;
  switch (kind) {
    case 'quote':
      return session.call<typeof documentRoutes.quote.act>({ ...call, path: '/api/quotes/:id/actions' });
    case 'invoice':
      return session.call<typeof documentRoutes.invoice.act>({ ...call, path: '/api/invoices/:id/actions' });
    case 'bill':
      return session.call<typeof documentRoutes.bill.act>({ ...call, path: '/api/bills/:id/actions' });
  }
}
