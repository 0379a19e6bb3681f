import type { ConnectReason } from '#shared/contract/settings.ts';

/** `title`: what happened, without a full stop. `text`: more about it, for a page of its own. `todo`: what to do now. */
export type ConnectWords = { title: string; text: string; todo: string };

/** Why connecting Xero failed: on our own page, in the settings and in the audit. */
export const connectWords: Readonly<Record<ConnectReason, ConnectWords>> = {
  consent_denied: {
    title: 'Access was not allowed in Xero',
    text: 'Nothing has changed.',
    todo: 'Connect again and choose “Allow access” in Xero.',
  },
  state_invalid: {
    title: 'This answer from Xero cannot be used',
    text: 'It does not belong to a current connection request, or it was already used.',
    todo: 'Connect again.',
  },
  state_expired: {
    title: 'Connecting took too long',
    text: 'You started more than ten minutes ago, so the request has expired.',
    todo: 'Connect again and finish within ten minutes.',
  },
  other_browser: {
    title: 'You started connecting in another browser',
    text: 'For safety, you have to finish in the same browser, with cookies allowed on this page.',
    todo: 'Connect again and stay in one browser.',
  },
  other_organisation: {
    title: 'A different organisation was chosen',
    text: 'This workspace is connected to another Xero organisation. Its links belong to that organisation, so nothing has been changed.',
    todo: 'Connect again and choose the same organisation, or disconnect first to change it. Disconnecting keeps the links.',
  },
  several_organisations: {
    title: 'More than one organisation was chosen',
    text: 'A workspace shows one Xero organisation, so nothing has been connected.',
    todo: 'Connect again and choose only one.',
  },
  no_organisation: {
    title: 'No organisation was chosen',
    text: 'Xero answered without an organisation, so nothing has been connected.',
    todo: 'Connect again and choose one.',
  },
  xero_refused: {
    title: 'Xero refused the connection',
    text: 'Xero did not accept the authorization code. It may have been used before or have expired.',
    todo: 'Connect again. If it keeps failing, the operator of this server should check the Xero app’s client ID, secret and redirect address.',
  },
  xero_unreachable: {
    title: 'Xero could not be reached',
    text: 'You allowed access, but Xero did not answer while we were finishing the connection.',
    todo: 'Wait a minute, then connect again.',
  },
};
