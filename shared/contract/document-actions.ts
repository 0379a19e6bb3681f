import { z } from 'zod';
import { attachmentMaxNameLength, attachmentRefusedCharacters, isPathStep } from '#shared/attachment-limits.ts';
import { documentKinds } from '#shared/document-kinds.ts';
import { compareDecimals } from '#shared/money.ts';
import { createdDocumentSchema, type DocumentKind, idempotencyHeadersSchema } from './document.ts';
import type { Route } from './route.ts';
import { calendarDateSchema } from './summary.ts';
import { linkSchema } from './text.ts';

export const documentActionSchema = z.enum([
  'submit',
  'approve',
  'email',
  'mark_sent',
  'accept',
  'decline',
  'convert_to_invoice',
  'delete',
  'void',
]);
export type DocumentAction = z.infer<typeof documentActionSchema>;

export const attachmentFileNameSchema = z
  .string()
  .trim()
  .min(1)
  .max(attachmentMaxNameLength)
  .refine((name) => !attachmentRefusedCharacters.test(name), 'without < > : " / \\ | ? * +')
  .refine((name) => !isPathStep(name), 'more than dots');

const idParams = z.object({ id: z.guid() });
const fileParams = idParams.extend({ fileName: attachmentFileNameSchema });

export const attachmentAnswerSchema = z.object({ fileName: z.string(), bytes: z.int() });

/**
 * What can be done with a document of a kind. `actions` answers the document as it then is; converting a quote answers
 * the invoice made from it.
 */
export const documentRoutes = {
  quote: buildRoutes('quote'),
  invoice: buildRoutes('invoice'),
  bill: buildRoutes('bill'),
} as const;

function buildRoutes<const K extends DocumentKind>(kind: K) {
  const base: `/api/${(typeof documentKinds)[K]['path']}/:id` = `/api/${documentKinds[kind].path}/:id`;
  return {
    act: {
      method: 'POST',
      path: `${base}/actions`,
      summary: `One step with a ${kind}, where Xero allows it in its present state`,
      params: idParams,
      headers: idempotencyHeadersSchema,
      body: z.object({
        action: documentActionSchema,
        /**
         * Of the invoice a quote is converted to, not before today; by the payment terms in Xero when absent. Where those
         * are absent too, the answer is 422 with `dueDate` in `errors`.
         */
        dueDate: calendarDateSchema.optional(),
      }),
      status: 200,
      response: createdDocumentSchema,
    },
    attach: {
      method: 'PUT',
      path: `${base}/attachments/:fileName`,
      summary: `Attach a file to a ${kind}: raw bytes, at most 10 MB; the same name replaces`,
      params: fileParams,
      status: 200,
      response: attachmentAnswerSchema,
    },
    pdf: {
      method: 'GET',
      path: `${base}/pdf`,
      summary: `The ${kind} as Xero prints it (application/pdf)`,
      params: idParams,
      status: 200,
      response: z.unknown(),
    },
    onlineInvoice: {
      method: 'GET',
      path: `${base}/online-invoice`,
      summary: 'The address where a customer sees the invoice; null where there is none',
      params: idParams,
      status: 200,
      response: z.object({ url: linkSchema.nullable() }),
    },
  } as const satisfies Record<string, Route>;
}

/** Amounts as Xero tells them; null where it does not tell how a document was settled. */
type Settling = { amountDue: string; total: string; amountPaid: string | null; amountCredited: string | null };

/** What a person may do with a document in this state; `canApprove` is for admins of the CRM. */
export function listDocumentActions(
  { kind, status, ...amounts }: { kind: DocumentKind; status: string } & Settling,
  { canApprove }: { canApprove: boolean },
): DocumentAction[] {
  if (kind === 'quote') return [...(quoteActions[status] ?? [])];
  return (owedActions[status] ?? []).filter((action) => {
    if (action === 'email') return kind === 'invoice';
    if (action === 'void') return canApprove && isUnsettled(amounts);
    return action !== 'approve' || canApprove;
  });
}

/** Less can be due than the total though nothing settled it, as with a CIS deduction in the UK. */
function isUnsettled({ amountDue, total, amountPaid, amountCredited }: Settling): boolean {
  if (amountPaid === null || amountCredited === null) return compareDecimals(amountDue, total) === 0;
  return compareDecimals(amountPaid, '0') === 0 && compareDecimals(amountCredited, '0') === 0;
}

/** Xero's changes of state: a declined quote goes back through SENT (source: "Quotes" in Xero's developer documentation). */
const quoteActions: Readonly<Record<string, readonly DocumentAction[]>> = {
  DRAFT: ['mark_sent', 'delete'],
  SENT: ['accept', 'decline', 'delete'],
  ACCEPTED: ['convert_to_invoice'],
  DECLINED: ['mark_sent', 'delete'],
};

const owedActions: Readonly<Record<string, readonly DocumentAction[]>> = {
  DRAFT: ['submit', 'approve', 'delete'],
  SUBMITTED: ['approve', 'delete'],
  AUTHORISED: ['email', 'void'],
  PAID: ['email'],
};
