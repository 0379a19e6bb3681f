import { QueryClient } from '@tanstack/react-query';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { View } from '#shared/contract/view.ts';
import { CallError, lostFailure, toFailure } from '../failures/failure.ts';
import { buildFollowNews } from './follow-news.ts';

const viewKey = ['view'];
const older = { status: 'unlinked', name: 'older' } as unknown as View;
const newer = { status: 'unlinked', name: 'newer' } as unknown as View;

afterEach(() => vi.unstubAllGlobals());

/** A view on the screen, and requests for it that the test answers one by one. `null` loses a request. */
function setUp() {
  const client = new QueryClient({ defaultOptions: { queries: { retry: false } } });
  client.setQueryData(viewKey, older);
  const requests: ((answer: View | null) => void)[] = [];
  const lose = new TypeError('network');
  vi.stubGlobal(
    'fetch',
    () =>
      new Promise<Response>((resolve, reject) => {
        requests.push((answer) => (answer ? resolve(new Response(JSON.stringify(answer))) : reject(lose)));
      }),
  );
  const leaving = new AbortController();
  const follow = buildFollowNews({
    session: {
      open: () => Promise.reject(new Error('not used')),
      call: () => Promise.reject(new Error('not used')),
      withBearer: (act) => act('bearer', leaving.signal),
      close: () => undefined,
    },
    client,
    viewKey,
    toCallError: () => new CallError(lostFailure()),
    page: { activeElement: null, querySelector: () => null } as unknown as Document,
    onChange: () => undefined,
    signal: leaving.signal,
  });
  return { client, requests, follow, state: () => client.getQueryState<View>(viewKey) };
}

describe('news of a view', () => {
  test('loads it and shows it', async () => {
    const { requests, follow, state } = setUp();
    follow('view');
    await vi.waitFor(() => expect(requests).toHaveLength(1));
    requests[0]?.(newer);
    await vi.waitFor(() => expect(state()?.data).toEqual(newer));
    expect(requests).toHaveLength(1);
  });

  test('an answer sent before a failure does not hide the failure', async () => {
    const { client, requests, follow, state } = setUp();
    follow('view');
    await vi.waitFor(() => expect(requests).toHaveLength(1));
    const queryFn = () => Promise.reject(new CallError(lostFailure()));
    await client.fetchQuery({ queryKey: viewKey, queryFn, staleTime: 0 }).catch(() => undefined);
    requests[0]?.(newer);
    await vi.waitFor(() => expect(requests).toHaveLength(2));
    requests[1]?.(null);
    await vi.waitFor(() => expect(client.isFetching()).toBe(0));
    expect(state()?.data).toEqual(older);
    expect(toFailure(state()?.error)).toMatchObject({ code: 'unavailable', isLost: true });
  });

  test('after a failure, a new request that is answered shows the newer view and clears the failure', async () => {
    const { client, requests, follow, state } = setUp();
    follow('view');
    await vi.waitFor(() => expect(requests).toHaveLength(1));
    const queryFn = () => Promise.reject(new CallError(lostFailure()));
    await client.fetchQuery({ queryKey: viewKey, queryFn, staleTime: 0 }).catch(() => undefined);
    requests[0]?.(newer);
    await vi.waitFor(() => expect(requests).toHaveLength(2));
    requests[1]?.(newer);
    await vi.waitFor(() => expect(state()?.data).toEqual(newer));
    expect(state()?.error).toBe(null);
  });
});
