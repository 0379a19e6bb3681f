import type { ConnectReason } from '#shared/contract/settings.ts';
import { type Html, html, joinHtml } from './html.ts';
import { buildPage } from './page.ts';
import { connectEndWords, connectPageWords, endWords } from './words.ts';

/** A page of our own, outside any frame, that asks the admin to confirm before Xero is asked. */
export function buildConnectPage(asked: {
  workspaceName: string;
  userName: string;
  /** Whether Xero is asked for what sync needs as well. */
  forSync: boolean;
  ticket: string;
  /** Proves that this browser was shown this ticket. */
  proof: string;
}): string {
  const { title, asked: askedBy, scopes, syncScopes, confirm, unasked } = connectPageWords;
  const allowed = asked.forSync ? [...scopes, ...syncScopes] : scopes;
  return buildPage({
    title: title(asked.workspaceName),
    tone: 'plain',
    hasForm: true,
    content: html`<p>${askedBy(asked.userName)}</p>
<ul>
${joinHtml(allowed.map((scope) => html`<li>${scope}</li>`))}
</ul>
<form method="post" action="/connect">
<input type="hidden" name="ticket" value="${asked.ticket}">
<input type="hidden" name="proof" value="${asked.proof}">
<button class="action" type="submit">${confirm}</button>
</form>
<p class="quiet">${unasked}</p>`,
  });
}

/** Says why a consent did not connect, and what to do. */
export function buildConnectEndPage(reason: ConnectReason | 'ticket_invalid', returnUrl: string | null): string {
  const { title, text, todo } = endWords(reason);
  return buildPage({
    title,
    tone: 'problem',
    content: html`<p>${text}</p>
<p>${connectEndWords.where} ${todo}</p>
${linkBack(returnUrl)}`,
  });
}

function linkBack(returnUrl: string | null): Html | null {
  return returnUrl === null
    ? null
    : html`<a class="action" href="${returnUrl}" rel="noreferrer">${connectEndWords.back}</a>`;
}
