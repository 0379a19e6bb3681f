import type { QueryClient } from '@tanstack/react-query';
import type { View } from '#shared/contract/view.ts';
import type { Session } from '../session.ts';
import { createAskView, type ToCallError } from './ask.ts';
import { isEngaged, nameScreen } from './engaged.ts';
import type { News } from './keep-listening.ts';

type Following = {
  session: Session;
  client: QueryClient;
  viewKey: readonly string[];
  toCallError: ToCallError;
  page: Document;
  /** Something else is about to be drawn. */
  onChange(): void;
  signal: AbortSignal;
};

/** What hangs on the view and is asked for again with it, where it is on the screen: View Details, settings. */
const besideView = [['documents'], ['document'], ['settings']];

/** How often it is looked whether a person has finished, in milliseconds. */
const engagedLookMs = 500;

/**
 * Asks for what news speak of, one after the other, and shows it in place. Where it would take away what a person is in
 * the middle of, it waits until they have finished. What fails stays as it is: the stream's next beginning asks again.
 */
export function buildFollowNews(deps: Following): (news: News) => void {
  const askView = createAskView(deps.toCallError);
  let wanted: News | null = null;
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
    // What failed a moment ago is for the person to try again.
    if (isBeginning && hasFailed(deps)) return;
    wanted = news === 'session' || wanted === 'session' ? 'session' : 'view';
    if (!isFollowing) void follow();
  };
}

function hasFailed({ client, viewKey }: Following): boolean {
  const view = client.getQueryData<View>(viewKey);
  const error = view && 'error' in view ? view.error : undefined;
  // Documents that could not be read are no failure.
  return error !== undefined && !error.unreadable;
}

/** False: it is to be asked for once more. */
async function refresh(deps: Following, askView: ReturnType<typeof createAskView>): Promise<boolean> {
  const { client, session, viewKey, page, signal, onChange } = deps;
  // Before the first view there is nothing to keep fresh; settings have none.
  const query = client.getQueryCache().find<View>({ queryKey: viewKey });
  if (!query) {
    await refreshBeside(deps);
    return true;
  }
  // An answer that a person asked for is newer than ours could be.
  await query.promise?.catch(() => undefined);
  const before = query.state.dataUpdateCount;
  const view = await session.withBearer((bearer) => askView(bearer, signal));
  if (query.state.dataUpdateCount !== before || query.state.fetchStatus === 'fetching') return false;
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

/** Rights, the connection and the view by a fresh session; forms that are open keep what they began with. */
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
  while (isEngaged(page) && !signal.aborted) await new Promise((resolve) => setTimeout(resolve, engagedLookMs));
}
