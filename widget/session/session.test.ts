import { describe, expect, test } from 'vitest';
import type { getViewRoute } from '#shared/contract/session/view.ts';
import { CallError } from './failures/failure.ts';
import { createSession } from './session.ts';

type Answer = { status: number; body: unknown } | 'lost';

function setUp(answers: Answer[], tokens: (string | null)[] = ['t1', 't2', 't3', 't4']) {
  const sent: { url: string; bearer: string | null; body: unknown }[] = [];
  const given = [...tokens];
  const session = createSession({
    workspace: 'acme',
    getToken: async () => given.shift() ?? null,
    onOpened: () => undefined,
    fetch: async (url, init) => {
      const body = init?.body ? JSON.parse(String(init.body)) : null;
      sent.push({ url: String(url), bearer: new Headers(init?.headers).get('authorization'), body });
      const answer = answers.shift();
      if (answer === undefined || answer === 'lost') throw new TypeError('network');
      return new Response(JSON.stringify(answer.body), { status: answer.status });
    },
  });
  const view = () => session.call<typeof getViewRoute>({ method: 'GET', path: '/api/view', query: { fresh: 'true' } });
  return { session, sent, view };
}

function opened(token: string): Answer {
  return { status: 200, body: { session: { token } } };
}
function refused(status: number, code: string): Answer {
  return { status, body: { code, requestId: 'r' } };
}
const shown: Answer = { status: 200, body: { status: 'forbidden' } };
function codeOf(promise: Promise<unknown>) {
  return promise.then(
    () => 'no error',
    (error: unknown) => (error instanceof CallError ? error.failure.code : error),
  );
}

describe('open', () => {
  test('when the answer is lost, then a fresh token is sent, never the same one', async () => {
    const { session, sent } = setUp(['lost', opened('s')]);
    await session.open();
    expect(sent.map(({ body }) => body)).toEqual([
      { token: 't1', workspace: 'acme' },
      { token: 't2', workspace: 'acme' },
    ]);
  });

  test.each(['token_expired', 'token_replayed'])('when the answer is %s, then it asks once more', async (code) => {
    const { session, sent } = setUp([refused(401, code), refused(401, code), opened('s')]);
    expect(await codeOf(session.open())).toBe(code);
    expect(sent).toHaveLength(2);
  });

  test('when the token is not valid, then it does not ask again', async () => {
    const { session, sent } = setUp([refused(401, 'token_invalid')]);
    expect(await codeOf(session.open())).toBe('token_invalid');
    expect(sent).toHaveLength(1);
  });

  test('when the page gives no token, then nothing is sent', async () => {
    const { session, sent } = setUp([], [null]);
    expect(await codeOf(session.open())).toBe('token_unavailable');
    expect(sent).toEqual([]);
  });

  test('when two ask at once, then one request is sent', async () => {
    const { session, sent } = setUp([opened('s')]);
    await Promise.all([session.open(), session.open()]);
    expect(sent).toHaveLength(1);
  });
});

describe('call', () => {
  test('when the session has ended, then it opens again silently and repeats the request once', async () => {
    const { session, sent, view } = setUp([opened('s1'), refused(401, 'session_expired'), opened('s2'), shown]);
    await session.open();
    expect(await view()).toEqual({ status: 'forbidden' });
    expect(sent.map(({ url, bearer }) => [url, bearer])).toEqual([
      ['/api/open', null],
      ['/api/view?fresh=true', 'Bearer s1'],
      ['/api/open', null],
      ['/api/view?fresh=true', 'Bearer s2'],
    ]);
  });

  test('when the repeated request is refused too, then it gives up', async () => {
    const expired = refused(401, 'session_expired');
    const { session, sent, view } = setUp([opened('s1'), expired, opened('s2'), expired]);
    await session.open();
    expect(await codeOf(view())).toBe('session_expired');
    expect(sent).toHaveLength(4);
  });

  test('when the record is left while a token is requested, then nothing is sent', async () => {
    const { session, sent } = setUp([opened('s')]);
    const opening = codeOf(session.open());
    session.close();
    expect(await opening).toBe('token_unavailable');
    expect(sent).toEqual([]);
  });
});
