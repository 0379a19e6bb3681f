import type { FastifyReply } from 'fastify';

/**
 * What every answer carries, whatever answers: nothing is guessed, framed, run or told on. Routes that may do more say
 * so themselves. HSTS for a year, without the host's other names: they are the operator's to decide.
 */
export function safeHeaders({ isHttps }: { isHttps: boolean }): Record<string, string> {
  return {
    'content-security-policy': "default-src 'none'; frame-ancestors 'none'",
    'referrer-policy': 'no-referrer',
    'x-content-type-options': 'nosniff',
    'cross-origin-resource-policy': 'same-origin',
    ...(isHttps && { 'strict-transport-security': 'max-age=31536000' }),
  };
}

/**
 * Each kind of page names its own headers. The defaults of the package helmet would break the embed: they send
 * `X-Frame-Options: SAMEORIGIN` and `Cross-Origin-Resource-Policy: same-origin` (helmet's README).
 */
const closedPermissions =
  'accelerometer=(), camera=(), geolocation=(), gyroscope=(), microphone=(), payment=(), usb=(), display-capture=()';

const frameBase = [
  "default-src 'none'",
  "script-src 'self'",
  "style-src 'self'",
  "img-src 'self' data:",
  "font-src 'self'",
  "connect-src 'self'",
  "form-action 'self'",
  "base-uri 'none'",
];

/** The widget's document: framed by the workspace's pages only. `origins` empty: by nobody. */
export function setFrameHeaders(reply: FastifyReply, origins: readonly string[]): FastifyReply {
  const ancestors = origins.length > 0 ? origins.join(' ') : "'none'";
  return reply
    .header('content-security-policy', [...frameBase, `frame-ancestors ${ancestors}`].join('; '))
    .header('referrer-policy', 'no-referrer')
    .header('permissions-policy', closedPermissions)
    .header('cross-origin-embedder-policy', 'require-corp')
    .header('cross-origin-resource-policy', 'cross-origin')
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', 'no-cache');
}

/**
 * Pages of our own, never framed. `formTarget` is where the form's answer redirects to: browsers hold a redirect
 * after a post to form-action too.
 */
export function setPageHeaders(reply: FastifyReply, formTarget: string): FastifyReply {
  const policy = [
    "default-src 'none'",
    "style-src 'self'",
    `form-action 'self' ${formTarget}`,
    "base-uri 'none'",
    "frame-ancestors 'none'",
  ];
  return reply
    .header('content-security-policy', policy.join('; '))
    .header('referrer-policy', 'no-referrer')
    .header('permissions-policy', closedPermissions)
    .header('x-content-type-options', 'nosniff')
    .header('x-frame-options', 'DENY')
    .header('cache-control', 'no-store');
}

/** Scripts and styles that any host page may load. */
export function setAssetHeaders(reply: FastifyReply, cacheControl: string): FastifyReply {
  return reply
    .header('cross-origin-resource-policy', 'cross-origin')
    .header('access-control-allow-origin', '*')
    .header('x-content-type-options', 'nosniff')
    .header('cache-control', cacheControl);
}
