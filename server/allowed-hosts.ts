/** What the operator allows without https and on private addresses. `port` null: every port. */
export type AllowedHost = { host: string; port: number | null };

const pattern = /^(\[[\da-f:.]+\]|[^\s:/@[\]]+)(?::(\d{1,5}))?$/i;

/** Undefined for a text that is no host with or without a port. */
export function parseAllowedHost(text: string): AllowedHost | undefined {
  const [, host, port] = pattern.exec(text) ?? [];
  if (host === undefined || !URL.canParse(`http://${host}/`)) return undefined;
  if (port !== undefined && (Number(port) < 1 || Number(port) > 65_535)) return undefined;
  return { host: new URL(`http://${host}/`).hostname, port: port === undefined ? null : Number(port) };
}

export function isAllowedHost(url: URL, allowed: readonly AllowedHost[]): boolean {
  const port = Number(url.port || (url.protocol === 'https:' ? 443 : 80));
  return allowed.some((one) => one.host === url.hostname && (one.port === null || one.port === port));
}
