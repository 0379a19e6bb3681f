import type { ReconnectReason } from '#shared/contract/settings.ts';

/** Why Xero has to be connected again, without a full stop: in the widget's errors, the settings and the audit. */
export const reconnectWords: Readonly<Record<ReconnectReason, string>> = {
  token_refused: 'Xero no longer accepts our access. It was not used for 60 days, or it was revoked',
  disconnected_in_xero: 'Someone disconnected Ledgerside in Xero',
  not_entitled: 'The person who connected Xero no longer has access to this organisation',
  scope_missing: 'The connection lacks a permission that is now needed',
  key_changed: 'The encryption key of the stored access was changed',
};
