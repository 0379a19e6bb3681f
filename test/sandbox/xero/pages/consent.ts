import type { AuthorizeRequest } from '../identity/authorize-request.ts';
import { person } from '../identity/identity.ts';
import { wordsFor } from '../identity/scopes.ts';
import type { Organisation } from '../records/organisation.ts';
import { escapeHtml, page } from './layout.ts';

export type ConsentView = {
  request: AuthorizeRequest;
  /** The authorize request, posted again with the decision. */
  query: Record<string, string>;
  appName: string;
  organisations: Organisation[];
  bulk: boolean;
};

export function consentPage({ request, query, appName, organisations, bulk }: ConsentView): string {
  const scopes = request.scopes.map((scope) => `<li>${escapeHtml(wordsFor(scope))}</li>`).join('\n');
  const hidden = Object.entries(query).map(
    ([name, value]) => `<input type="hidden" name="${escapeHtml(name)}" value="${escapeHtml(value)}">`,
  );
  return page(
    `${appName} wants access`,
    `<h1>${escapeHtml(appName)} wants access to your organisation</h1>
<p class="muted">Signed in as ${person.firstName} ${person.lastName} (${person.email}) · client id <code>${escapeHtml(request.clientId)}</code></p>
<form method="post" action="/identity/connect/authorize">
${hidden.join('\n')}
<fieldset><legend><h2>${bulk ? 'Choose one or more organisations' : 'Choose one organisation'}</h2></legend>
${organisations.map((organisation, index) => choice(organisation, index, bulk)).join('\n')}
</fieldset>
<h2>It will be able to</h2>
<ul>${scopes}</ul>
<p class="muted">You can end this at any time under Connected apps.</p>
<div class="buttons">
<button class="primary" name="decision" value="allow">Allow access</button>
<button name="decision" value="cancel">Cancel</button>
</div>
</form>`,
  );
}

function choice(organisation: Organisation, index: number, bulk: boolean): string {
  return `<label class="choice"><input type="${bulk ? 'checkbox' : 'radio'}" name="organisation" value="${organisation.tenantId}"${
    index === 0 ? ' checked' : ''
  }> ${escapeHtml(organisation.name)} <small>${organisation.countryCode} · ${organisation.baseCurrency}</small></label>`;
}

export function authorizeErrorPage(error: string, description: string): string {
  return page(
    'Sorry, something went wrong',
    `<h1>Sorry, something went wrong</h1>
<p>The app that sent you here asked for something that cannot be granted.</p>
<dl><dt>Error</dt><dd><code>${escapeHtml(error)}</code></dd><dt>Meaning</dt><dd>${escapeHtml(description)}</dd></dl>
<p class="muted">Go back to the app and tell the people who make it.</p>`,
  );
}
