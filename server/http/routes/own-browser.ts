import { createHash, randomBytes } from 'node:crypto';
import type { FastifyReply, FastifyRequest } from 'fastify';

/** As long as the consent that may follow. */
const cookieSeconds = 10 * 60;
const browserText = /^[\w-]{32}$/;

export type OwnBrowser = {
  /** Names this browser by a cookie that no script can read, and answers what proves that it was shown this ticket. */
  showTicket(request: FastifyRequest, reply: FastifyReply, ticket: string): string;
  /** Whether a form was posted by our own page, in the browser that was shown this ticket. */
  isOwnPost(request: FastifyRequest, form: { ticket: string; proof: string }): boolean;
};

/**
 * The connect page must be seen before Xero is asked: with somebody else's ticket, another site could post the form of a
 * person who has never read whose workspace it connects. The proof needs the browser's cookie, which no other site knows
 * or can set (`__Host-`).
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
      // A second tab of the same browser leaves the first one's page good.
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

/** Browsers say it by `Sec-Fetch-Site`; old ones, and all of them over plain http, by `Origin` alone. */
function isSameOrigin({ headers }: FastifyRequest, publicUrl: string): boolean {
  const site = headers['sec-fetch-site'];
  return site === undefined ? headers.origin === publicUrl : site === 'same-origin';
}

function toProof(browser: string, ticket: string): string {
  return createHash('sha256')
    .update(JSON.stringify([browser, ticket]))
    .digest('base64url');
}
