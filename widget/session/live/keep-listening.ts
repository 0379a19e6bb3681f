import type { ErrorCode } from '#shared/error-catalogue.ts';
import type { Session } from '../session.ts';
import { ask, type ToCallError } from './ask.ts';
import { readEvents } from './read-events.ts';

export type StreamNews = 'view' | 'session';

type Listening = {
  session: Pick<Session, 'withBearer'>;
  toCallError: ToCallError;
  codeOf(error: unknown): ErrorCode;
  page: Pick<Document, 'visibilityState' | 'addEventListener' | 'removeEventListener'>;
  /**
   * Called when something must be loaded again, also at the start of each stream, because news may have been missed.
   */
  onNews(news: StreamNews): void;
  /** Stops listening. */
  signal: AbortSignal;
  random?: () => number;
};

/** When to connect again. `again`: at once. `later`: after a growing wait. `shown`: when the page is shown again. */
type Next = 'again' | 'later' | 'shown';

const firstWaitMs = 1_000;
const longestWaitMs = 60_000;

/**
 * Keeps the stream of events open while the page is visible. A lost stream is opened again after growing, random waits.
 * Each wait ends with a load, so that figures stay up to date even without a stream.
 */
export async function keepListening(deps: Listening): Promise<void> {
  const { page, signal, onNews, random = Math.random } = deps;
  let losses = 0;
  while (!signal.aborted) {
    await untilVisibility(page, 'visible', signal);
    const next = await listenWhileVisible(deps, () => {
      losses = 0;
    });
    if (signal.aborted || page.visibilityState !== 'visible' || next === 'again') continue;
    if (next === 'shown') {
      await untilVisibility(page, 'hidden', signal);
      continue;
    }
    const waitMs = Math.min(longestWaitMs, firstWaitMs * 2 ** losses);
    losses += 1;
    await pause(waitMs * (0.5 + random() / 2), signal);
    if (!signal.aborted && page.visibilityState === 'visible') onNews('view');
  }
}

async function listenWhileVisible(deps: Listening, onBeat: () => void): Promise<Next> {
  const { session, page, onNews, signal, toCallError, codeOf } = deps;
  const leaving = new AbortController();
  const over = AbortSignal.any([signal, leaving.signal]);
  void untilVisibility(page, 'hidden', over).then(() => leaving.abort());
  let next: Next = 'later';
  try {
    const answer = await session.withBearer((bearer) =>
      ask(toCallError, { path: '/api/events', bearer, signal: over }),
    );
    if (!answer.body) return 'shown';
    await readEvents(answer.body, {
      onBeat,
      onEvent: (event) => {
        if (event.name === 'end') next = nextAfter[event.reason] ?? 'later';
        else onNews(event.name === 'session' ? 'session' : 'view');
      },
    });
    return next;
  } catch (error) {
    return isPassing(codeOf(error)) ? next : 'shown';
  } finally {
    leaving.abort();
  }
}

const nextAfter = { session_expired: 'again', replaced: 'shown', unavailable: 'later', stopping: 'later' } as const;

/** Failures that a later attempt can mend. Others stay until a person acts. */
function isPassing(code: ErrorCode): boolean {
  return code === 'unavailable' || code === 'too_many_requests' || code === 'internal';
}

function untilVisibility(page: Listening['page'], wanted: DocumentVisibilityState, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const check = () => {
      if (page.visibilityState !== wanted && !signal.aborted) return;
      page.removeEventListener('visibilitychange', check);
      signal.removeEventListener('abort', check);
      resolve();
    };
    page.addEventListener('visibilitychange', check);
    signal.addEventListener('abort', check);
    check();
  });
}

function pause(ms: number, signal: AbortSignal): Promise<void> {
  return new Promise((resolve) => {
    const timer = setTimeout(resolve, ms);
    signal.addEventListener('abort', () => {
      clearTimeout(timer);
      resolve();
    });
  });
}
