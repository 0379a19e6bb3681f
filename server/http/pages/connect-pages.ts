import type { ConnectReason } from '#shared/contract/settings.ts';
import { type Html, html } from './html.ts';
import { buildPage } from './page.ts';

/** A page of our own, outside any frame, that asks the admin to confirm before Xero is asked. */
export function buildConnectPage(asked: {
  workspaceName: string;
  userName: string;
  ticket: string;
  /** Proves that this browser was shown this ticket. */
  proof: string;
}): string {
  return buildPage({
    title: `Connect Xero to ${asked.workspaceName}`,
    tone: 'plain',
    hasForm: true,
    content: html`<p>Asked by <b>${asked.userName}</b>. Next, Xero asks you to choose one organisation and to allow this:</p>
<ul>
<li>read contacts, quotes, invoices, bills and payments</li>
<li>add contacts, quotes, draft invoices and bills for people you give access to</li>
<li>read accounts, tax rates and the organisation’s settings</li>
</ul>
<form method="post" action="/connect">
<input type="hidden" name="ticket" value="${asked.ticket}">
<input type="hidden" name="proof" value="${asked.proof}">
<button class="action" type="submit">Continue to Xero</button>
</form>
<p class="quiet">If you did not ask for this, close this page. Nothing has been connected.</p>`,
  });
}

type Words = { title: string; text: string; todo: string };

const words: Record<ConnectReason | 'ticket_invalid', Words> = {
  ticket_invalid: {
    title: 'This link is no longer valid',
    text: 'A connect link works once and for one minute.',
    todo: 'Go back to the CRM’s Xero settings and press Connect to Xero again.',
  },
  consent_denied: {
    title: 'Xero was not connected',
    text: 'Access was not allowed in Xero, so nothing has changed.',
    todo: 'To try again, go back to the settings and press Connect to Xero.',
  },
  state_invalid: {
    title: 'This answer from Xero cannot be used',
    text: 'It does not belong to a current connection request, or it was already used.',
    todo: 'Go back to the CRM’s Xero settings and press Connect to Xero again.',
  },
  state_expired: {
    title: 'That took too long',
    text: 'You started connecting more than ten minutes ago, so the request has expired.',
    todo: 'Go back to the settings and press Connect to Xero again.',
  },
  other_browser: {
    title: 'You started connecting in another browser',
    text: 'For safety, you have to finish in the same browser, with cookies allowed on this page.',
    todo: 'Go back to the CRM’s Xero settings in this browser and press Connect to Xero again.',
  },
  other_organisation: {
    title: 'Another organisation is connected',
    text: 'This workspace is connected to another Xero organisation. Its links belong to that organisation, so nothing has been changed.',
    todo: 'To change it, press Disconnect in the settings first. The links are kept for when that organisation is connected again. To keep it, choose the same organisation in Xero.',
  },
  several_organisations: {
    title: 'More than one organisation was chosen',
    text: 'A workspace shows one Xero organisation, so nothing has been connected.',
    todo: 'Go back to the settings, press Connect to Xero again and choose one organisation.',
  },
  no_organisation: {
    title: 'No organisation was chosen',
    text: 'Xero answered without an organisation, so nothing has been connected.',
    todo: 'Go back to the settings, press Connect to Xero again and choose one organisation.',
  },
  xero_refused: {
    title: 'Xero refused the connection',
    text: 'Xero did not accept the authorization code. It may have been used before or have expired.',
    todo: 'Go back to the settings and press Connect to Xero again. If it happens again, the operator of this server should check the Xero app’s client ID, secret and redirect address.',
  },
  xero_unreachable: {
    title: 'Xero did not answer',
    text: 'You allowed access, but Xero could not be reached to finish connecting.',
    todo: 'Wait a minute, go back to the settings and press Connect to Xero again.',
  },
};

/** Says why a consent did not connect, and what to do. */
export function buildConnectEndPage(reason: ConnectReason | 'ticket_invalid', returnUrl: string | null): string {
  const { title, text, todo } = words[reason];
  return buildPage({
    title,
    tone: 'problem',
    content: html`<p>${text}</p>
<p>${todo}</p>
${linkBack(returnUrl)}`,
  });
}

function linkBack(returnUrl: string | null): Html | null {
  return returnUrl === null ? null : html`<a class="action" href="${returnUrl}" rel="noreferrer">Back to the CRM</a>`;
}
