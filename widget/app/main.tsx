import { createRoot } from 'react-dom/client';
import { watchContentHeight } from '#widget/lib/content-height.ts';
import { connectHost } from '#widget/session/host/host.ts';
import { App } from './app.tsx';
import { Broken } from './broken.tsx';

const content = document.querySelector<HTMLMetaElement>('meta[name=ledgerside-origins]')?.content ?? '';
const workspace = decodeURIComponent(location.pathname.split('/').pop() ?? '');
const host = connectHost(window, content.split(' ').filter(Boolean));
const container = document.getElementById('root');

if (container) {
  watchContentHeight(container, (height) => host.send({ type: 'height', height }));
  const root = createRoot(container, { onUncaughtError: () => createRoot(container).render(<Broken />) });
  root.render(<App host={host} workspace={workspace} />);
}
