import type { AppError } from '#shared/app-error.ts';
import { reconnectReasonSchema } from '#shared/contract/settings.ts';
import type { ViewError } from '#shared/contract/view.ts';

/** How a view or a list reports a failure while the rest can still be shown. */
export function toViewError({ code, details }: AppError, requestId: string): ViewError {
  const { retryAfterSeconds, extension } = details;
  const reason = reconnectReasonSchema.safeParse(code === 'reconnect_needed' ? extension?.reason : undefined);
  return {
    code,
    requestId,
    ...(retryAfterSeconds !== undefined && { retryAfterSeconds }),
    ...(reason.success && { reason: reason.data }),
    ...(typeof extension?.unreadable === 'number' && { unreadable: extension.unreadable }),
  };
}
