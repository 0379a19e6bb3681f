import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { crmOrigin, startApp, type TestApp } from '#test/support/world/app.ts';

let app: TestApp;
beforeAll(async () => {
  app = await startApp();
});
afterAll(() => app?.stop());

/** Lists every property with this name in the schema, with its path. */
function listProperties(schema: unknown, name: string, where = ''): { where: string; schema: unknown }[] {
  if (typeof schema !== 'object' || schema === null) return [];
  return Object.entries(schema).flatMap(([key, value]) => {
    const place = `${where}/${key}`;
    const isProperty = key === name && where.endsWith('/properties');
    return [...(isProperty ? [{ where: place, schema: value }] : []), ...listProperties(value, name, place)];
  });
}

describe('addresses that people press', () => {
  test('every url in an answer is a web address or the connect path', async () => {
    const { paths } = (await (await fetch(`${app.origin}/docs/openapi.json`)).json()) as {
      paths: Record<string, object>;
    };
    const found = listProperties(paths, 'url');
    expect(found.length).toBeGreaterThan(20);
    for (const { where, schema } of found) {
      const text = JSON.stringify(schema);
      const isConnect = where.startsWith('//api/connect/');
      expect(text, where).toContain(isConnect ? '^\\\\/connect\\\\?ticket=' : '^https?:\\\\/\\\\/');
    }
  });

  test('a script address from Xero gives no link', async () => {
    await app.admin.connect();
    await app.admin.link({ type: 'contact', id: '1001' }, 'Harbour Lights Pty Ltd');
    const visit = await app.visit({ userId: 'olivia', recordType: 'contact', recordId: '1001' });
    const list = (await visit.send('GET', '/api/documents?kind=invoice&status=AUTHORISED')).body;
    const [invoice] = (list as { documents: { id: string }[] }).documents;
    const read = () => visit.send('GET', `/api/invoices/${invoice?.id}/online-invoice`);
    expect((await read()).body).toMatchObject({ url: expect.stringMatching(/^https?:/) });
    for (const OnlineInvoiceUrl of [
      'javascript:alert(1)',
      'data:text/html,x',
      '//evil.example',
      ' https://x.example',
    ]) {
      const body = { OnlineInvoices: [{ OnlineInvoiceUrl }] };
      await app.control.fault({ kind: 'status', status: 200, method: 'GET', path: '/OnlineInvoice$', body });
      expect((await read()).body).toEqual({ url: null });
    }
  });
});

describe('where the connect journey ends', () => {
  test('the journey ends at the record, whatever addresses name another page', async () => {
    const settings = await app.visit({ userId: 'olivia', recordType: 'settings' });
    const { body } = await settings.send('POST', '/api/connect');
    const elsewhere = '&returnUrl=https://evil.example&redirect=//evil.example&next=javascript:alert(1)';
    const page = await (await fetch(app.origin + (body as { url: string }).url + elsewhere)).text();
    expect(page).not.toContain('evil.example');
    const journey = await app.admin.connect();
    expect(journey.location?.startsWith(`${crmOrigin}/`)).toBe(true);
    const again = await fetch(`${journey.callbackUrl}&redirect=https://evil.example`, { redirect: 'manual' });
    expect([again.status, again.headers.get('location')]).toEqual([400, null]);
    expect(await again.text()).not.toContain('evil.example');
  });

  test('a path with several slashes does not lead to another host', async () => {
    for (const path of ['//evil.example/', '/\\evil.example', '//evil.example/%2e%2e', '/frame//evil.example']) {
      const answer = await fetch(app.origin + path, { redirect: 'manual' });
      expect([answer.status >= 400, answer.headers.get('location')], path).toEqual([true, null]);
    }
  });
});
