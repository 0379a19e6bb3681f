import type { QueryClient, QueryState } from '@tanstack/react-query';
import type { SessionView } from '#shared/contract/session/view.ts';
import type { Session } from '../session.ts';
import { createAskView, type ToCallError } from './ask.ts';
import { isEngaged, nameScreen } from './engaged.ts';
import type { StreamNews } from './keep-listening.ts';

type Following = {
  session: Session;
  client: QueryClient;
  viewKey: readonly string[];
  toCallError: ToCallError;
  page: Document;
  /** Called before changed figures are drawn. */
  onChange(): void;
  signal: AbortSignal;
};

/** Queries that are loaded again with the view if they are on the screen. */
const besideView = [['documents'], ['document'], ['settings'], ['sync']];

/** How often to check whether a person has finished, in milliseconds. */
const engagedPollMs = 500;

/**
 * Loads what the news names, one after the other, and shows it in place. If that would interrupt a person, it waits
 * until they have finished. A failed load is left alone: the next start of the stream asks again.
 */
export function buildFollowNews(deps: Following): (news: StreamNews) => void {
  const askView = createAskView(deps.toCallError);
  let wanted: StreamNews | null = null;
  let isFollowing = false;

  async function follow(): Promise<void> {
    isFollowing = true;
    while (wanted && !deps.signal.aborted) {
      const news = wanted;
      wanted = null;
      const isShown = await (news === 'session' ? reopen(deps) : refresh(deps, askView)).catch(() => true);
      if (!isShown) wanted = news;
    }
    isFollowing = false;
  }

  let isFirst = true;
  return (news) => {
    const isBeginning = isFirst && news === 'view';
    isFirst = false;
    // A query that has just failed is left to the person's Retry.
    if (isBeginning && hasFailed(deps)) return;
    wanted = news === 'session' || wanted === 'session' ? 'session' : 'view';
    if (!isFollowing) void follow();
  };
}

function hasFailed({ client, viewKey }: Following): boolean {
  const view = client.getQueryData<SessionView>(viewKey);
  const error = view && 'error' in view ? view.error : undefined;
  // Unreadable documents are not a failure.
  return error !== undefined && !error.unreadable;
}

/** False: ask once more. */
async function refresh(deps: Following, askView: ReturnType<typeof createAskView>): Promise<boolean> {
  const { client, session, viewKey, page, signal, onChange } = deps;
  // Nothing to refresh before the first view. Settings and the overview of sync have no view.
  const query = client.getQueryCache().find<SessionView>({ queryKey: viewKey });
  if (!query) {
    await refreshBeside(deps);
    return true;
  }
  // A person's own request has brought a newer answer.
  await query.promise?.catch(() => undefined);
  const before = countAnswers(query.state);
  const view = await session.withBearer((bearer) => askView(bearer, signal));
  // An answer or a failure that came meanwhile is newer: this request may have been sent before the network was lost.
  if (countAnswers(query.state) !== before || query.state.fetchStatus === 'fetching') return false;
  const known = query.state.data;
  if (nameScreen(view) !== nameScreen(known) && isEngaged(page)) {
    await untilFree(deps);
    return false;
  }
  onChange();
  client.setQueryData(viewKey, view);
  if (query.state.data !== known) await refreshBeside(deps);
  return true;
}

function countAnswers({ dataUpdateCount, errorUpdateCount }: QueryState<SessionView>): number {
  return dataUpdateCount + errorUpdateCount;
}

/** Loads rights, connection and view with a new session. Open forms keep their own. */
async function reopen(deps: Following): Promise<boolean> {
  await untilFree(deps);
  const { view } = await deps.session.open();
  if (view) deps.client.setQueryData(deps.viewKey, view);
  await refreshBeside(deps);
  return true;
}

async function refreshBeside({ client, onChange }: Following): Promise<void> {
  onChange();
  await Promise.all(besideView.map((queryKey) => client.invalidateQueries({ queryKey })));
}

async function untilFree({ page, signal }: Following): Promise<void> {
  while (isEngaged(page) && !signal.aborted) await new Promise((resolve) => setTimeout(resolve, engagedPollMs));
}
