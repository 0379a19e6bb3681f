import { AppError } from '#shared/app-error.ts';
import type { ReconnectReason } from '#shared/contract/settings.ts';
import { isInsufficientScope } from './translate-errors.ts';
import type { XeroAnswer, XeroOutcome } from './xero-answer.ts';

/** `reason` travels with it, so that people read why. */
export function toReconnectNeeded(reason: string | null, cause?: unknown): AppError {
  return new AppError('reconnect_needed', { cause, extension: { reason } });
}

/** What the gateway's questions need; a consent for less cannot be mended by giving the same one again. */
const neededScopes = [
  'accounting.contacts',
  'accounting.invoices',
  'accounting.settings.read',
  'accounting.payments',
  'accounting.attachments',
];

/** The consent is older than what is asked for now. Xero names it in a header, so that one refusal is enough. */
export function isConsentTooSmall(refused: XeroOutcome, scopes: readonly string[] = neededScopes): boolean {
  return isInsufficientScope(refused) && neededScopes.every((scope) => scopes.includes(scope));
}

/**
 * The reason that Xero itself gives for a lasting refusal, in the member `Detail` of a 401 or 403 (source: "Response
 * codes" in Xero's developer documentation). Undefined for anything else, such as the page of a proxy before Xero.
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
