import { describe, expect, test, vi } from 'vitest';
import { connectHost } from './host.ts';

const ours = { ns: 'ledgerside', v: 1 };
const hello = { ...ours, type: 'hello' };
const context = {
  ...ours,
  type: 'context',
  recordType: 'contact',
  recordId: '1',
  view: 'detail',
  theme: 'dark',
  locale: 'en',
};

/** A window and a port as far as `connectHost` uses them; messages arrive at once. */
function setUp() {
  const parent = {};
  const target = new EventTarget();
  const sent: Record<string, unknown>[] = [];
  const port: { onmessage: ((event: { data: unknown }) => void) | null; postMessage(data: unknown): void } = {
    onmessage: null,
    postMessage: (data) => sent.push(data as Record<string, unknown>),
  };
  const navigator = { language: 'en-AU' };
  const frame = Object.assign(target, { parent, navigator }) as unknown as Window;
  const host = connectHost(frame, ['https://crm.example']);
  const say = (message: object) => target.dispatchEvent(Object.assign(new Event('message'), message));
  const greet = (more: object = {}) =>
    say({ source: parent, origin: 'https://crm.example', data: hello, ports: [port], ...more });
  return { host, sent, greet, onPort: (data: unknown) => port.onmessage?.({ data }) };
}

describe('hello', () => {
  test('when it comes from the parent on the workspace’s origin, then the port is kept', () => {
    const { host, greet, onPort } = setUp();
    greet();
    onPort(context);
    expect(host.getContext()).toEqual(context);
  });

  test.each([
    { origin: 'https://evil.example' },
    { origin: 'https://crm.example.evil.example' },
    { origin: 'null' },
    { source: {} },
    { data: { ...hello, ns: 'other' } },
    { data: { ...hello, v: 2 } },
    { data: 'hello' },
    { ports: [] },
  ])('when something is wrong (%j), then the port is ignored', (more) => {
    const { host, greet, onPort } = setUp();
    greet(more);
    onPort(context);
    expect(host.getContext()).toBeNull();
  });
});

describe('the port', () => {
  test('when a message does not fit the contract, then it is dropped', () => {
    const { host, greet, onPort } = setUp();
    greet();
    onPort({ ...context, recordType: 7 });
    expect(host.getContext()).toBeNull();
  });

  test('when a token is requested, then the answer with the same id resolves it', async () => {
    const { host, greet, onPort, sent } = setUp();
    greet();
    const first = host.getToken('contact', '1');
    const second = host.getToken('contact', '2');
    expect(sent).toMatchObject([
      { type: 'get-token', id: 1, recordId: '1' },
      { type: 'get-token', id: 2, recordId: '2' },
    ]);
    onPort({ ...ours, type: 'token', id: 2, token: null });
    onPort({ ...ours, type: 'token', id: 1, token: 'signed' });
    expect([await first, await second]).toEqual(['signed', null]);
  });

  test('after eight seconds without an answer it rejects; a late answer is dropped', async () => {
    vi.useFakeTimers();
    const { host, greet, onPort } = setUp();
    greet();
    const asked = host.getToken('contact', '1').catch((error: unknown) => error);
    await vi.advanceTimersByTimeAsync(7999);
    expect(vi.getTimerCount()).toBe(1);
    await vi.advanceTimersByTimeAsync(1);
    expect(await asked).toMatchObject({ failure: { code: 'token_unavailable', reason: 'late' } });
    onPort({ ...ours, type: 'token', id: 1, token: 'signed' });
    vi.useRealTimers();
  });

  test('when the same context comes again, then listeners are not called; after a change they are', () => {
    const { host, greet, onPort } = setUp();
    let told = 0;
    host.subscribe(() => {
      told += 1;
    });
    greet();
    onPort(context);
    onPort({ ...context });
    expect(told).toBe(1);
    onPort({ ...context, theme: 'light' });
    expect([told, host.getContext()?.theme]).toEqual([2, 'light']);
  });

  test.each([
    ['de_DE', 'de-DE'],
    ['pt_BR.UTF-8', 'pt-BR'],
    ['ca_ES@euro', 'ca-ES'],
    ['zh_Hant_TW', 'zh-Hant-TW'],
    ['en-AU', 'en-AU'],
    ['', 'en-AU'],
  ])('when the page names the locale %j, then it is %s', (locale, expected) => {
    const { host, greet, onPort } = setUp();
    greet();
    onPort({ ...context, locale });
    expect(host.getContext()?.locale).toBe(expected);
  });
});
