import { connectRoute } from '#shared/contract/settings.ts';
import { buildCookieJar, type CookieJar } from '../network/cookie-jar.ts';
import type { Visit } from './visit.ts';

export type Journey = {
  /** The link on the connect page: Xero's consent page. */
  consentUrl: string;
  /** The callback address that Xero sent the browser to, and the product's answer. */
  callbackUrl: string;
  status: number;
  /** Where the product sends the browser at the end, if anywhere. */
  location: string | null;
};

/** A person's decision at Xero. Returns the address that Xero sends the browser to. */
export type Consent = (consentUrl: string) => Promise<string>;

/** Settings → connect page → consent → callback, over plain HTTP with a browser's cookies. */
export async function connectXero(settings: Visit, productUrl: string, consent: Consent): Promise<Journey> {
  const jar = buildCookieJar();
  const consentUrl = await askForConsent(settings, productUrl, jar);
  const callbackUrl = await consent(consentUrl);
  const answer = await jar.visit(callbackUrl);
  return { consentUrl, callbackUrl, status: answer.status, location: answer.headers.get('location') };
}

async function askForConsent(settings: Visit, productUrl: string, jar: CookieJar): Promise<string> {
  const { url } = await settings.call(connectRoute);
  const page = new URL(url, productUrl).href;
  const html = await (await jar.visit(page)).text();
  const { action, fields } = readForm(html);
  const answer = await jar.visit(new URL(action, page).href, {
    method: 'POST',
    headers: { origin: productUrl },
    body: new URLSearchParams(fields),
  });
  const location = answer.headers.get('location');
  if (!location) throw new Error(`the connect page did not lead to Xero: ${answer.status} ${await answer.text()}`);
  return new URL(location, page).href;
}

/** The connect page's only form: its action and its hidden fields. */
export function readForm(html: string): { action: string; fields: Record<string, string> } {
  const form = /<form\b[^>]*>[\s\S]*?<\/form>/i.exec(html)?.[0];
  if (!form) throw new Error(`no form on the connect page:\n${html}`);
  const inputs = [...form.matchAll(/<(?:input|button)\b[^>]*\bname="[^"]*"[^>]*>/gi)].map(([tag]) => tag);
  const fields = inputs.map((tag) => [readAttribute(tag, 'name'), readAttribute(tag, 'value')]);
  return { action: readAttribute(form, 'action'), fields: Object.fromEntries(fields) };
}

function readAttribute(tag: string, name: string): string {
  const value = new RegExp(`\\b${name}="([^"]*)"`, 'i').exec(tag)?.[1] ?? '';
  return value.replaceAll('&quot;', '"').replaceAll('&lt;', '<').replaceAll('&gt;', '>').replaceAll('&amp;', '&');
}
