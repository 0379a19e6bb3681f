import { useMutation } from '@tanstack/react-query';
import type { CalendarDate } from '#shared/calendar.ts';
import type {
  CreatedDocument,
  createBillRoute,
  createInvoiceRoute,
  createQuoteRoute,
} from '#shared/contract/document.ts';
import { type Failure, toFailure } from '#widget/session/failures/failure.ts';
import { sayErrors } from '#widget/session/failures/say-errors.ts';
import { useFrame } from '#widget/session/frame.ts';
import type { Session } from '#widget/session/session.ts';
import type { Sent } from './draft/kept-draft.ts';
import type { DocumentRequest } from './draft/read-draft.ts';

type Outcome = {
  writeDate(date: CalendarDate): string;
  onCreated(created: CreatedDocument, sent: Sent): void;
  onFailed(failure: Failure, sent: Sent): void;
};

/** Sends a form. A repetition uses the same key and body, so that no second document is made. */
export function useSave(idempotencyKey: string, { writeDate, onCreated, onFailed }: Outcome) {
  const { session } = useFrame();
  const toSaid = (thrown: unknown) => sayErrors(toFailure(thrown), writeDate);
  const { mutate, isPending, error, reset } = useMutation({
    mutationFn: ({ request }: Sent) => create(session, idempotencyKey, request),
    onSuccess: onCreated,
    onError: (thrown, sent) => onFailed(toSaid(thrown), sent),
  });
  return { send: mutate, isSaving: isPending, failure: error && toSaid(error), forgetFailure: reset };
}

function create(session: Session, idempotencyKey: string, request: DocumentRequest): Promise<CreatedDocument> {
  const common = { method: 'POST', idempotencyKey } as const;
  switch (request.kind) {
    case 'quote':
      return session.call<typeof createQuoteRoute>({ ...common, path: '/api/quotes', body: request.body });
    case 'invoice':
      return session.call<typeof createInvoiceRoute>({ ...common, path: '/api/invoices', body: request.body });
    case 'bill':
      return session.call<typeof createBillRoute>({ ...common, path: '/api/bills', body: request.body });
  }
}

/** The document may be in Xero. Only the same request can find out. */
export function isUncertain({ code, isLost, write }: Failure): boolean {
  return isLost === true || write !== undefined || uncertainCodes.has(code);
}

const uncertainCodes: ReadonlySet<Failure['code']> = new Set([
  'outcome_unknown',
  'xero_timeout',
  'xero_unreachable',
  'xero_unavailable',
  'xero_invalid_answer',
  'internal',
  'unavailable',
]);
