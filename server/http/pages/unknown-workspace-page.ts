import { html } from './html.ts';
import { buildPage } from './page.ts';
import { unknownWorkspaceWords } from './words.ts';

export function buildUnknownWorkspacePage(): string {
  const { title, text, todo } = unknownWorkspaceWords;
  return buildPage({ title, tone: 'problem', content: html`<p>${text}</p>\n<p>${todo}</p>` });
}
