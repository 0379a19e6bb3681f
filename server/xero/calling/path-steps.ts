import { AppError } from '#shared/app-error.ts';

/** What a URL parser drops wherever it stands, and what it takes for a slash (source: WHATWG URL). */
const dropped = /[\t\n\r]/g;
const slashes = /[/\\]/;
const step = /^(?:\.|%2e){1,2}$/i;

/**
 * Whether an address has a step such as `..` in its path. Every HTTP client resolves such steps before it sends, so that
 * the request would reach another place than the one that was meant. Nothing we ask Xero for has one.
 */
export function hasPathStep(address: string): boolean {
  const [path = ''] = address.replace(dropped, '').split(/[?#]/);
  return path.split(slashes).some((segment) => step.test(segment));
}

/** Rejects with invalid_request before anything is sent. */
export function refusePathSteps(address: string): void {
  if (hasPathStep(address)) throw new AppError('invalid_request', { detail: 'A name for Xero consists of dots' });
}
