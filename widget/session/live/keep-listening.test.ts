import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { CallError, toFailure } from '../failures/failure.ts';
import { parseProblem } from '../requests/problem.ts';
import { keepListening, type StreamNews } from './keep-listening.ts';

const encoder = new TextEncoder();

/** A page, a server that is told what to answer, and what the widget made of it. */
function setUp() {
  const listeners = new Set<EventListenerOrEventListenerObject>();
  const page = {
    visibilityState: 'visible' as DocumentVisibilityState,
    addEventListener: (_name: string, listener: EventListenerOrEventListenerObject) => void listeners.add(listener),
    removeEventListener: (_name: string, listener: EventListenerOrEventListenerObject) =>
      void listeners.delete(listener),
  };
  const streams: { say(text: string): void; close(): void; isLeft: boolean }[] = [];
  let refusal: { status: number; code: string } | null = null;
  vi.stubGlobal('fetch', async (_path: string, init: RequestInit) => {
    if (refusal) {
      const { status, code } = refusal;
      return new Response(JSON.stringify({ code, requestId: 'r' }), { status });
    }
    const stream = { say: (_: string) => undefined as unknown, close: () => undefined as unknown, isLeft: false };
    const body = new ReadableStream<Uint8Array>({
      start: (controller) => {
        stream.say = (text) => controller.enqueue(encoder.encode(text));
        stream.close = () => controller.close();
        init.signal?.addEventListener('abort', () => {
          stream.isLeft = true;
          controller.error(new Error('aborted'));
        });
      },
    });
    streams.push(stream);
    return new Response(body, { status: 200 });
  });
  const news: StreamNews[] = [];
  const ending = new AbortController();
  const session = {
    withBearer: <A>(act: (bearer: string, signal: AbortSignal) => Promise<A>) => act('b', ending.signal),
  };
  const running = keepListening({
    session,
    page: page as unknown as Document,
    onNews: (one) => news.push(one),
    signal: ending.signal,
    random: () => 1,
    codeOf: (error) => toFailure(error).code,
    toCallError: (status, text) =>
      new CallError(status === null ? { code: 'unavailable', requestId: null } : parseProblem(status, text)),
  });
  return {
    streams,
    news: () => news.splice(0),
    refuse: (next: typeof refusal) => {
      refusal = next;
    },
    show: async (state: DocumentVisibilityState) => {
      page.visibilityState = state;
      for (const listener of [...listeners])
        if (typeof listener === 'function') listener(new Event('visibilitychange'));
      await vi.advanceTimersByTimeAsync(0);
    },
    end: async () => {
      ending.abort();
      await running;
    },
  };
}

function untilIdle() {
  return vi.advanceTimersByTimeAsync(0);
}
const ready = 'event: ready\ndata: {}\n\n';

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

describe('the stream of events in the widget', () => {
  test('when its bytes are cut anywhere, then each event is read once', async () => {
    const { streams, news, end } = setUp();
    await untilIdle();
    for (const part of ['event: rea', 'dy\ndata: {}\n', '\n: beat\n\nevent: vi', 'ew\ndata: {}\n\nevent: new\n\n'])
      streams[0]?.say(part);
    streams[0]?.say('event: session\ndata: {}\n\n');
    await untilIdle();
    expect(news()).toEqual(['view', 'view', 'session']);
    await end();
    expect(streams[0]?.isLeft).toBe(true);
  });

  test('when the page is hidden, then the stream is closed; when it is shown, a new one opens', async () => {
    const { streams, show, news, end } = setUp();
    await untilIdle();
    await show('hidden');
    expect(streams[0]?.isLeft).toBe(true);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(streams).toHaveLength(1);
    expect(news()).toEqual([]);
    await show('visible');
    expect(streams).toHaveLength(2);
    await end();
  });

  test('when streams are lost, then waits grow, and each wait ends with a load', async () => {
    const { streams, refuse, news, end } = setUp();
    await untilIdle();
    refuse({ status: 503, code: 'unavailable' });
    streams[0]?.close();
    for (const waitMs of [1_000, 2_000, 4_000, 8_000, 16_000, 32_000, 60_000, 60_000]) {
      await vi.advanceTimersByTimeAsync(waitMs - 1);
      expect(news()).toEqual([]);
      await vi.advanceTimersByTimeAsync(1);
      expect(news()).toEqual(['view']);
    }
    refuse(null);
    await vi.advanceTimersByTimeAsync(60_000);
    // A beat says that it holds: the next loss begins anew.
    streams[1]?.say(`${ready}: beat\n\n`);
    await untilIdle();
    streams[1]?.close();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(streams).toHaveLength(3);
    await end();
  });

  test('when a stream stays silent, then a new one replaces it', async () => {
    const { streams, end } = setUp();
    await untilIdle();
    await vi.advanceTimersByTimeAsync(44_000);
    streams[0]?.say(': beat\n\n');
    await vi.advanceTimersByTimeAsync(44_000);
    expect(streams).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2_000);
    expect(streams).toHaveLength(2);
    await end();
  });

  test.each([
    ['session_expired', 2],
    ['replaced', 1],
    ['stopping', 1],
  ])('when the server ends it with %s, then %i streams were opened at once', async (reason, count) => {
    const { streams, end } = setUp();
    await untilIdle();
    streams[0]?.say(`event: end\ndata: {"reason":"${reason}"}\n\n`);
    streams[0]?.close();
    await untilIdle();
    expect(streams).toHaveLength(count);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(streams.length > 1).toBe(reason !== 'replaced');
    await end();
  });

  test('when the page gives no token, then nothing is requested until it is shown again', async () => {
    const { streams, refuse, show, news, end } = setUp();
    await untilIdle();
    refuse({ status: 403, code: 'record_mismatch' });
    streams[0]?.close();
    await vi.advanceTimersByTimeAsync(1_000);
    expect(news()).toEqual(['view']);
    await vi.advanceTimersByTimeAsync(3_600_000);
    expect(news()).toEqual([]);
    refuse(null);
    await show('hidden');
    await show('visible');
    expect(streams).toHaveLength(2);
    await end();
  });
});
