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
 * The routes for acting on a document. `actions` returns the document after the action. Converting a quote returns the
 * invoice made from it.
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
      summary: `Act on a ${kind}, if Xero allows it in its current status`,
      params: idParams,
      headers: idempotencyHeadersSchema,
      body: z.object({
        action: documentActionSchema,
        /**
         * The due date of the invoice made from a quote, today or later. Without it, Xero's payment terms apply.
         * Without terms, the answer is 422 with `dueDate` in `errors`.
         */
        dueDate: calendarDateSchema.optional(),
      }),
      status: 200,
      response: createdDocumentSchema,
    },
    attach: {
      method: 'PUT',
      path: `${base}/attachments/:fileName`,
      summary: `Attach a file to a ${kind}: raw bytes, at most 10 MB; replaces a file of the same name`,
      params: fileParams,
      status: 200,
      response: attachmentAnswerSchema,
    },
    pdf: {
      method: 'GET',
      path: `${base}/pdf`,
      summary: `The ${kind} as a PDF from Xero (application/pdf)`,
      params: idParams,
      status: 200,
      response: z.unknown(),
    },
    onlineInvoice: {
      method: 'GET',
      path: `${base}/online-invoice`,
      summary: 'The page where a customer sees the invoice; null if there is none',
      params: idParams,
      status: 200,
      response: z.object({ url: linkSchema.nullable() }),
    },
  } as const satisfies Record<string, Route>;
}

/** Amounts from Xero. Null when Xero does not say how a document was settled. */
type Settling = { amountDue: string; total: string; amountPaid: string | null; amountCredited: string | null };

/** Lists what a person may do with a document in this state. `canApprove` is true for admins of the CRM. */
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

/**
 * The amount due can be less than the total although nothing was paid or credited, as with a CIS deduction in the UK.
 */
function isUnsettled({ amountDue, total, amountPaid, amountCredited }: Settling): boolean {
  if (amountPaid === null || amountCredited === null) return compareDecimals(amountDue, total) === 0;
  return compareDecimals(amountPaid, '0') === 0 && compareDecimals(amountCredited, '0') === 0;
}

/**
 * Xero's changes of status. A declined quote first goes back to SENT (source: "Quotes" in Xero's developer
 * documentation).
 */
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
