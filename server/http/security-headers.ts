import type { FastifyReply } from 'fastify';

/**
 * Headers of every answer: `frame-ancestors 'none'`, `nosniff` and no referrer. Routes that need more set their own.
 * HSTS is for one year and without subdomains, because those are the operator's decision.
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
 * Each kind of page sets its own headers. The defaults of the package helmet would break the embed: they send
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

/** The widget's document, which only the workspace's pages may frame. With empty `origins`, nobody may. */
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
 * Our own pages, which are never framed. `formTarget` is where the form's answer redirects to, because browsers apply
 * form-action to that redirect too.
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
