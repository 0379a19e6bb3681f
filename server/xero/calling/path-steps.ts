import { AppError } from '#shared/app-error.ts';

/** Characters that a URL parser drops anywhere, and one that it treats as a slash (source: WHATWG URL). */
const dropped = /[\t\n\r]/g;
const slashes = /[/\\]/;
const step = /^(?:\.|%2e){1,2}$/i;

/**
 * Whether an address has a step such as `..` in its path. Every HTTP client resolves such steps before sending, so the
 * request would reach a different address. None of our requests needs one.
 */
export function hasPathStep(address: string): boolean {
  const [path = ''] = address.replace(dropped, '').split(/[?#]/);
  return path.split(slashes).some((segment) => step.test(segment));
}

/** Rejects with invalid_request before anything is sent. */
export function refusePathSteps(address: string): void {
  if (hasPathStep(address))
    throw new AppError('invalid_request', { detail: 'A file name cannot consist of dots only' });
}
