import { toRecordRejection } from '#server/xero/answers/row-rejection.ts';
import type { XeroAnswer } from '#server/xero/answers/xero-answer.ts';
import type { Question } from '#server/xero/calling/send-question.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import type { Asking } from '#server/xero/xero-deps.ts';
import { AppError } from '#shared/app-error.ts';

/** Asks a question about `sent` elements. */
export async function askForRecords(
  { ask }: Asking,
  caller: XeroCaller,
  question: Question,
  sent: number,
): Promise<XeroAnswer> {
  try {
    return await ask(caller, question);
  } catch (error) {
    throw error instanceof AppError ? toRecordError(error, sent) : error;
  }
}

/**
 * Adds the cause to a refusal. Of a call that was refused as a whole, Xero was seen to save the elements that were
 * valid. So a refusal of several proves nothing for one of them.
 */
export function toRecordError(error: AppError, sent: number): AppError {
  const { errors, proof } = error.details;
  if (error.code !== 'xero_rejected' || !errors?.length) return error;
  const messages = errors.map(({ message }) => message);
  return toRecordRejection(messages, sent > 1 && proof === 'refused' ? 'refused_unless_found' : proof);
}
