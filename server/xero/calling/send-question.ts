import type { AccountingApi } from 'xero-node/dist/gen/api/accountingApi.js';
import { AccountingApi as Api } from 'xero-node/dist/gen/api/accountingApi.js';
import type { XeroOutcome } from '#server/xero/answers/xero-answer.ts';
import type { CallContext, CallContexts, XeroBody } from './axios-interceptor.ts';

type QuestionMembers = {
  /** For logs: method and path without ids or search terms, such as `GET /Invoices`. */
  name: string;
  isWrite?: boolean;
  /**
   * A write of several elements whose answer tells of each of them alone (`summarizeErrors=false`), so that refused
   * elements are not a refusal of the call.
   */
  isAnsweredByRow?: boolean;
  /** Asks for changes since an instant. A 304 is a valid answer and means that nothing changed. */
  isConditional?: boolean;
  /** The exact body to send. */
  body?: XeroBody;
  /** The answer is a file. */
  isBinary?: boolean;
  /** One call of xero-node. The order of arguments differs per method. Pass `undefined`, never `null`. */
  send: (api: AccountingApi, tenantId: string) => Promise<unknown>;
};

/** Private to this file, so that only `buildQuestion` can create a question. */
const isQuestion = Symbol('question');

/** One request to Xero. The functions in `endpoints/` build them: one per endpoint, with named options. */
export type Question = QuestionMembers & { readonly [isQuestion]: true };

export function buildQuestion(members: QuestionMembers): Question {
  return { ...members, [isQuestion]: true };
}

export type SendQuestion = (
  question: Question,
  how: { tenantId: string; token: string; timeoutMs: number; signal?: AbortSignal; mayLeave?: () => boolean },
) => Promise<XeroOutcome>;

/**
 * Sends a question and returns how it ended. Never throws for errors of Xero or the network. What xero-node makes of an
 * answer is ignored: its classes lose fields, and its rejections are texts that may contain what was sent.
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
