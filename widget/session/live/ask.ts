import type { SessionView } from '#shared/contract/session/view.ts';

type Asked = { path: string; bearer: string; signal: AbortSignal; etag?: string | null };

/** Makes the CallError of a failed request. Without a status, no answer came. */
export type ToCallError = (status: number | null, text: string) => Error;

/** One GET request. The caller reads the body. Rejects with a CallError; 304 is an answer. */
export async function ask(toCallError: ToCallError, { path, bearer, signal, etag }: Asked): Promise<Response> {
  const headers = new Headers({ authorization: `Bearer ${bearer}` });
  if (etag) headers.set('if-none-match', etag);
  const answer = await fetch(path, { headers, signal, credentials: 'omit', cache: 'no-store' }).catch(() => {
    throw toCallError(null, '');
  });
  if (answer.ok || answer.status === 304) return answer;
  throw toCallError(answer.status, await answer.text());
}

/** Asks for the view with its ETag, so that an unchanged view is answered without a body. */
export function createAskView(toCallError: ToCallError): (bearer: string, signal: AbortSignal) => Promise<SessionView> {
  let known: { etag: string; view: SessionView } | null = null;
  return async (bearer, signal) => {
    const answer = await ask(toCallError, { path: '/api/view', bearer, signal, etag: known?.etag ?? null });
    if (answer.status === 304 && known) return known.view;
    const view: SessionView = await answer.json();
    const etag = answer.headers.get('etag');
    known = etag ? { etag, view } : null;
    return view;
  };
}
