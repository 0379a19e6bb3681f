import type { QueryClient } from '@tanstack/react-query';
import type { ErrorCode } from '#shared/error-catalogue.ts';
import type { Session } from '../session.ts';
import type { ToCallError } from './ask.ts';
import { watchFigures } from './figure-marks.ts';
import { buildFollowNews } from './follow-news.ts';
import { keepListening } from './keep-listening.ts';
import { liveWords } from './words.ts';

/** Everything that is needed of the first paint. A shared module would split the first paint into more chunks. */
export type Live = {
  session: Session;
  client: QueryClient;
  viewKey: readonly string[];
  announce(text: string): void;
  toCallError: ToCallError;
  codeOf(error: unknown): ErrorCode;
  signal: AbortSignal;
};

/** Keeps the screen up to date with Xero while the page is visible. */
export function startLive(live: Live): void {
  const { announce, signal } = live;
  if (signal.aborted) return;
  const page = document;
  const marks = watchFigures(page.body, (changes) => announce(liveWords.changed(changes)));
  signal.addEventListener('abort', marks.stop);
  const onNews = buildFollowNews({ ...live, page, onChange: marks.expect });
  void keepListening({ ...live, page, onNews });
}
