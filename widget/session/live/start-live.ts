import type { QueryClient } from '@tanstack/react-query';
import type { ErrorCode } from '#shared/error-catalogue.ts';
import type { Session } from '../session.ts';
import type { ToCallError } from './ask.ts';
import { watchFigures } from './figure-marks.ts';
import { buildFollowNews } from './follow-news.ts';
import { keepListening } from './keep-listening.ts';
import { liveWords } from './words.ts';

/** All this needs of what is loaded already: sharing modules with the first paint would cut that into pieces. */
export type Live = {
  session: Session;
  client: QueryClient;
  viewKey: readonly string[];
  announce(text: string): void;
  toCallError: ToCallError;
  codeOf(error: unknown): ErrorCode;
  signal: AbortSignal;
};

/** Keeps what is on the screen as it is in Xero, without a touch, while the page is visible. */
export function startLive(live: Live): void {
  const { announce, signal } = live;
  if (signal.aborted) return;
  const page = document;
  const marks = watchFigures(page.body, (changes) => announce(liveWords.changed(changes)));
  signal.addEventListener('abort', marks.stop);
  const onNews = buildFollowNews({ ...live, page, onChange: marks.expect });
  void keepListening({ ...live, page, onNews });
}
