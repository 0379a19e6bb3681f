import type { AppError } from '#shared/app-error.ts';
import type { ProblemCode, RecordProblem } from '#shared/contract/sync/record.ts';
import { refusalWords } from '../words/problem-words.ts';
import { toProblem } from '../words/problems.ts';

/** What Xero's refusals mean for a record, by the cause that was read from Xero's words. */
const causes: Readonly<Record<string, keyof typeof refusalWords>> = {
  contact_archived: 'contact_archived',
  period_locked: 'period_locked',
  account_invalid: 'account_unusable',
  tax_invalid: 'tax_unsuitable',
  currency: 'currency_not_subscribed',
  plan_limit: 'plan_limit',
  reconciled: 'is_reconciled',
};

/** Xero refused the record: its own words are the detail. A missing scope is mended by connecting again. */
export function toRefusal({ code, details }: AppError): RecordProblem {
  const detail = details.errors?.map(({ message }) => message).join(' ') || undefined;
  if (code === 'xero_forbidden' && details.extension?.reason === 'scope_missing') {
    return toProblem('scope_missing', { message: refusalWords.scope_missing, ...(detail && { detail }) });
  }
  const { cause } = details.extension ?? {};
  const meant = (typeof cause === 'string' ? causes[cause] : undefined) ?? 'xero_rejected';
  const field = details.errors?.[0]?.path;
  return toProblem(meant, { message: refusalWords[meant], ...(field && { field }), ...(detail && { detail }) });
}

const causesByCode: { [Code in ProblemCode]?: string } = {
  period_locked: 'lock',
  scope_missing: 'connection',
  plan_limit: 'plan',
  // A rounding line may make up for the difference, once an admin allows it.
  total_differs: 'rules',
};

/** What a problem waits for, so that it is tried again as soon as that moves; null: time alone. */
export function toProblemCause({ code, target }: RecordProblem): string | null {
  if (target && 'mapping' in target) return `${target.mapping}:${target.key.toLowerCase()}`;
  if (target && 'contactId' in target) return `contact:${target.contactId}`;
  return causesByCode[code] ?? null;
}
