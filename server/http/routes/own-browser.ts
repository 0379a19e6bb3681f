import { createHash, randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** As long as the consent that may follow. */
const cookieSeconds = 10 * 60;
const browserText = /^[\w-]{32}$/;

export type OwnBrowser = {
  /** Sets a cookie that no script can read and returns a proof that this browser was shown this ticket. */
  showTicket(request: FastifyRequest, reply: FastifyReply, ticket: string): string;
  /** Whether our own page posted the form, in the browser that was shown this ticket. */
  isOwnPost(request: FastifyRequest, form: { ticket: string; proof: string }): boolean;
};

/**
 * Makes sure that the person saw the connect page before Xero is asked. Otherwise another site could post the form with
 * its own ticket, and the person would connect a workspace without having read its name. The proof needs the browser's
 * cookie, which no other site can read or set (`__Host-`).
 */
export function buildOwnBrowser({ publicUrl }: { publicUrl: string }): OwnBrowser {
  const isHttps = publicUrl.startsWith('https:');
  const name = isHttps ? '__Host-ledgerside-browser' : 'ledgerside-browser';
  const options = { path: '/', httpOnly: true, secure: isHttps, sameSite: 'lax', maxAge: cookieSeconds } as const;
  const findBrowser = ({ cookies }: FastifyRequest): string | undefined => {
    const browser = cookies[name];
    return browser !== undefined && browserText.test(browser) ? browser : undefined;
  };
  return {
    showTicket(request, reply, ticket) {
      // Keeps an existing cookie, so that the page in another tab stays valid.
      const browser = findBrowser(request) ?? randomBytes(24).toString('base64url');
      reply.setCookie(name, browser, options);
      return toProof(browser, ticket);
    },
    isOwnPost(request, { ticket, proof }) {
      const browser = findBrowser(request);
      return isSameOrigin(request, publicUrl) && browser !== undefined && proof === toProof(browser, ticket);
    },
  };
}

/** Browsers send `Sec-Fetch-Site`. Old browsers, and all browsers over plain http, send only `Origin`. */
function isSameOrigin({ headers }: FastifyRequest, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  return site === undefined ? headers.origin === publicUrl : site === 'same-origin';
}

function toProof(browser: string, ticket: string): string {
  return createHash('sha256')
    .update(JSON.stringify([browser, ticket]))
    .digest('base64url');
}
