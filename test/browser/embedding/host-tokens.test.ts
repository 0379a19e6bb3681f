import { describe, expect, test } from 'vitest';
import { openTestPage } from '#test/support/page/browser.ts';
import type { HostPage } from '#test/support/page/host-page.ts';
import { setHostStage } from '#test/support/page/host-stage.ts';
import { press } from '#test/support/page/press.ts';
import { eventually, readEvents, readFigure, readWidget } from '#test/support/page/screen.ts';

const stage = setHostStage();

type TokenAs = NonNullable<Parameters<HostPage['show']>[0]['tokenAs']>;

const byUrl = 'token-url="/token"';

/** A page with a special token endpoint, and all requests to `POST /api/open`. */
async function visit(tokenAs: TokenAs, { source = byUrl, script = '' } = {}) {
  const head = `<script src="${stage.world().product().origin}/embed.js"></script><script defer src="/host.js"></script>`;
  const body = `<ledgerside-widget ${stage.attributes()} ${source}></ledgerside-widget>`;
  stage.host().show({ body, head, script, tokenAs });
  const opened = await openTestPage(stage.browser());
  // The browser's console reports refused answers too.
  opened.expectProblems(/status of (401|403|404|500)|CORS|ERR_FAILED/);
  const sent: string[] = [];
  opened.page.on('request', (request) => {
    if (request.url().endsWith('/api/open')) sent.push(request.postData() ?? '');
  });
  await opened.page.goto(stage.host().origin);
  return { ...opened, sent };
}

describe('a token endpoint that answers something other than a token', () => {
  const html = { 'content-type': 'text/html' };
  test.each<[string, TokenAs]>([
    ['leads to the login page', () => ({ status: 302, headers: { location: '/login' } })],
    [
      'leads to a login on another origin',
      () => ({ status: 302, headers: { location: `${stage.stranger().origin}/login` } }),
    ],
    [
      'answers a login page',
      () => ({ headers: html, body: '<!doctype html><form action="/login">www.crm.example</form>' }),
    ],
    ['answers an empty page', () => ({ body: '' })],
    ['answers null', () => ({ body: 'null' })],
    ['answers JSON around the token', (token) => ({ body: JSON.stringify({ token }) })],
    ['answers two tokens', (token) => ({ body: `${token} ${token}` })],
    ['answers half a token', (token) => ({ body: token.split('.').slice(0, 2).join('.') })],
    ['refuses', () => ({ status: 401, body: 'a.b.c' })],
    ['fails', () => ({ status: 500, headers: html, body: '<h1>Whoops</h1>' })],
  ])('when it %s, then nothing is sent and the widget says “You may be signed out”', async (_what, tokenAs) => {
    const { page, widget, sent, problems, close } = await visit(tokenAs);
    await eventually(async () => expect(await readWidget(widget)).toContain('You may be signed out there.'));
    expect((await readEvents(page)).at(-1)).toMatchObject({ type: 'error', detail: { code: 'token_unavailable' } });
    expect(sent).toEqual([]);
    expect(problems()).toEqual([]);
    await close();
  });

  test.each<[string, TokenAs]>([
    ['in quotes', (token) => ({ headers: { 'content-type': 'application/json' }, body: JSON.stringify(token) })],
    ['behind Bearer', (token) => ({ body: `Bearer ${token}` })],
    ['between white space', (token) => ({ body: `\r\n  ${token}\n` })],
  ])('when the token is %s, then it is read', async (_where, tokenAs) => {
    const { widget, sent, close } = await visit(tokenAs);
    await eventually(async () => expect(await readFigure(widget, 'outstanding')).toBe('3 AUD 12,480.00'));
    expect(sent.map((body) => JSON.parse(body).token)).toEqual([expect.stringMatching(/^[\w-]+\.[\w-]+\.[\w-]+$/)]);
    await close();
  });

  test.each([
    ['a page', '"<!doctype html><title>Sign in</title>"'],
    ['an answer that was not read', 'fetch("/login")'],
    ['nothing', 'undefined'],
    ['what was thrown', 'Promise.reject(new Error("signed out"))'],
  ])('when getToken gives %s, then it is handled the same way', async (_what, answer) => {
    const script = `document.querySelector('ledgerside-widget').getToken = () => ${answer}`;
    const { widget, sent, problems, close } = await visit((token) => ({ body: token }), { source: '', script });
    await eventually(async () => expect(await readWidget(widget)).toContain('You may be signed out there.'));
    expect(sent).toEqual([]);
    expect(problems()).toEqual([]);
    await close();
  });
});

describe('a token endpoint that never answers', () => {
  test('when eight seconds have passed, then the widget says so and Retry asks again', async () => {
    let isSlow = true;
    const { page, widget, close } = await visit((token) => (isSlow ? null : { body: token }));
    await eventually(async () =>
      expect(await readWidget(widget)).toContain('The CRM did not provide a sign-in in time'),
    );
    expect((await readEvents(page)).at(-1)).toMatchObject({ type: 'error', detail: { code: 'token_unavailable' } });
    isSlow = false;
    await press(widget.getByRole('button', { name: 'Retry' }));
    await eventually(async () => expect(await readFigure(widget, 'outstanding')).toBe('3 AUD 12,480.00'));
    await close();
  });

  test('when the widget gives up, it closes the connection for the page’s requests', async () => {
    const { page, close } = await visit(() => null);
    const failed = await page.waitForEvent('requestfailed', {
      predicate: (request) => request.url().includes('/token'),
    });
    expect(failed.failure()?.errorText).toMatch(/ABORTED/);
    await close();
  });
});
