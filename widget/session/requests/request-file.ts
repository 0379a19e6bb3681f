import { CallError, lostFailure } from '../failures/failure.ts';
import { parseProblem } from './problem.ts';

export type FileRequest = { path: string; bearer: string; signal: AbortSignal };

/** Longer than the server ever waits for Xero, in milliseconds. */
const timeoutMs = 60_000;

/** One request whose answer is a file. Rejects with a CallError. */
export async function requestFile(send: typeof fetch, { path, bearer, signal }: FileRequest): Promise<Blob> {
  const lost = (cause: unknown) => new CallError(lostFailure(), cause);
  const response = await send(path, {
    headers: { authorization: `Bearer ${bearer}` },
    credentials: 'omit',
    cache: 'no-store',
    signal: AbortSignal.any([signal, AbortSignal.timeout(timeoutMs)]),
  }).catch((cause) => {
    throw lost(cause);
  });
  if (!response.ok) throw new CallError(parseProblem(response.status, await response.text().catch(() => '')));
  return response.blob().catch((cause) => {
    throw lost(cause);
  });
}

/** How long a file is kept for a browser that reads it late, in milliseconds. */
const keptMs = 60_000;

/** Hands the file to the browser, which saves or shows it as its user has chosen. */
export function saveFile(file: Blob, name: string): void {
  const url = URL.createObjectURL(file);
  const link = document.createElement('a');
  Object.assign(link, { href: url, download: name });
  link.click();
  setTimeout(() => URL.revokeObjectURL(url), keptMs);
}
