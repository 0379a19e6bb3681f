import { AppError } from '#shared/app-error.ts';
import type { ReconnectReason } from '#shared/contract/settings.ts';
import { isInsufficientScope } from './translate-errors.ts';
import type { XeroAnswer, XeroOutcome } from './xero-answer.ts';

/** `reason` is kept, so that people can read why. */
export function toReconnectNeeded(reason: string | null, cause?: unknown): AppError {
  return new AppError('reconnect_needed', { cause, extension: { reason } });
}

/** The scopes that the gateway's questions need. If the app requests fewer than these, connecting again cannot help. */
const neededScopes = [
  'accounting.contacts',
  'accounting.invoices',
  'accounting.settings.read',
  'accounting.payments',
  'accounting.attachments',
];

/**
 * Whether the consent is older than the scopes we request now. Xero names the missing scope in a header, so one refusal
 * is enough.
 */
export function isConsentTooSmall(refused: XeroOutcome, scopes: readonly string[] = neededScopes): boolean {
  return isInsufficientScope(refused) && neededScopes.every((scope) => scopes.includes(scope));
}

/**
 * Xero's own reason for a permanent refusal, in the member `Detail` of a 401 or 403 (source: "Response codes" in Xero's
 * developer documentation). Undefined for anything else, such as a proxy's page.
 */
export function explainRefusal(refused: XeroOutcome): ReconnectReason | undefined {
  if (refused.kind !== 'answer' || ![401, 403].includes(refused.answer.status)) return undefined;
  const detail = readDetail(refused.answer);
  if (detail.startsWith('AuthorizationUnsuccessful')) return 'not_entitled';
  return /^(AuthenticationUnsuccessful|TokenExpired)/.test(detail) ? 'token_refused' : undefined;
}

function readDetail({ text }: XeroAnswer): string {
  try {
    const body: unknown = JSON.parse(text);
    return typeof body === 'object' && body !== null && 'Detail' in body ? String(body.Detail) : '';
  } catch {
    return '';
  }
}
