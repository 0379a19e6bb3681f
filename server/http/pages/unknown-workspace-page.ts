import { html } from './html.ts';
import { buildPage } from './page.ts';

export function buildUnknownWorkspacePage(): string {
  return buildPage({
    title: 'Unknown workspace',
    tone: 'problem',
    content: html`<p>The page that embeds this widget names a workspace that does not exist on this server.</p>
<p>Check the <b>workspace</b> attribute of the element and the workspaces set up on this server.</p>`,
  });
}
