import { type Html, html } from './html.ts';
import { pageWords } from './words.ts';

/**
 * A page of our own, outside any frame: one card with a title, text and at most one action. Under `no-referrer` a
 * browser posts a form with `Origin: null`. With `hasForm` the page sends its origin to our own server only, so that
 * the server knows that the form is ours.
 */
export function buildPage(page: {
  title: string;
  tone: 'plain' | 'problem';
  content: Html;
  hasForm?: boolean;
}): string {
  const document = html`<!doctype html>
<html lang="en">
<head>
<meta charset="utf-8">
<meta name="viewport" content="width=device-width, initial-scale=1">
<meta name="color-scheme" content="light dark">
${page.hasForm ? html`<meta name="referrer" content="same-origin">` : null}
<title>${page.title} · ${pageWords.product}</title>
<link rel="stylesheet" href="/pages.css">
</head>
<body>
<main class="card ${page.tone}">
<p class="brand">${pageWords.brand}</p>
<h1>${page.title}</h1>
${page.content}
</main>
</body>
</html>
`;
  return document.markup;
}
