import type { AccountingApi } from 'xero-node/dist/gen/api/accountingApi.js';
import { AccountingApi as Api } from 'xero-node/dist/gen/api/accountingApi.js';
import type { XeroOutcome } from '#server/xero/answers/xero-answer.ts';
import type { CallContext, CallContexts, XeroBody } from './axios-interceptor.ts';

type QuestionMembers = {
  /** For logs: method and path without ids or terms, such as `GET /Invoices`. */
  name: string;
  isWrite?: boolean;
  /** Asks for what changed since; 304 is an answer, and it says that nothing did. */
  isConditional?: boolean;
  /** The exact body to send. */
  body?: XeroBody;
  /** The answer is a file. */
  isBinary?: boolean;
  /** One call of xero-node. Its arguments stand in another order per method; pass `undefined`, never `null`. */
  send: (api: AccountingApi, tenantId: string) => Promise<unknown>;
};

/** Known to this file alone, so that nothing but `buildQuestion` makes a question. */
const isQuestion = Symbol('question');

/** One request to Xero. The functions in `endpoints/` build them: one for each endpoint, with named options. */
export type Question = QuestionMembers & { readonly [isQuestion]: true };

export const buildQuestion = (members: QuestionMembers): Question => ({ ...members, [isQuestion]: true });

export type SendQuestion = (
  question: Question,
  how: { tenantId: string; token: string; timeoutMs: number; signal?: AbortSignal; mayLeave?: () => boolean },
) => Promise<XeroOutcome>;

/**
 * Sends a question and answers how it ended, never throwing for what Xero or the network did. What xero-node makes of
 * an answer is not looked at: its classes lose fields, and what it rejects with is a text that may hold what was sent.
 */
export function buildSendQuestion(deps: { apiUrl: string; contexts: CallContexts; userAgent: string }): SendQuestion {
  return async (question, { tenantId, token, timeoutMs, signal, mayLeave }) => {
    const api = new Api(`${deps.apiUrl}/api.xro/2.0`);
    api.accessToken = token;
    const ends = [AbortSignal.timeout(timeoutMs), ...(signal ? [signal] : [])];
    const { body, isBinary } = question;
    const asked = { signal: AbortSignal.any(ends), userAgent: deps.userAgent, body, isBinary };
    const context: CallContext = { ...asked, ...(mayLeave && { mayLeave }) };
    await Promise.allSettled([deps.contexts.run(context, () => question.send(api, tenantId))]);
    if (context.refusal !== undefined) throw context.refusal;
    if (!context.outcome) throw new Error(`No call was made for ${question.name}`);
    return context.outcome;
  };
}
