import { html } from './html.ts';
import { buildPage } from './page.ts';

export function buildUnknownWorkspacePage(): string {
  return buildPage({
    title: 'This workspace is not known here',
    tone: 'problem',
    content: html`<p>The page that embeds this widget names a workspace this server does not have.</p>
<p>Check the <b>workspace</b> attribute of the element, and which workspaces this server was given.</p>`,
  });
}
