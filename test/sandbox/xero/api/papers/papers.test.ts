import { afterAll, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { openTestDesk, type TestDesk } from '../../testing/desk.ts';

let desk: TestDesk;

beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.session.xero.close());
beforeEach(() => desk.renew());

async function put(more: Record<string, unknown> = {}): Promise<string> {
  const made = await desk.write('PUT', '/Invoices', {
    Type: 'ACCREC',
    Contact: { ContactID: desk.contact('Harbour Lights Pty Ltd') },
    LineItems: [{ Description: 'Lamp (small)', Quantity: 1, UnitAmount: 100, AccountCode: '200' }],
    DueDate: '2026-12-24',
    ...more,
  });
  return String(made.InvoiceID);
}

async function json(path: string): Promise<Record<string, Record<string, unknown>[]>> {
  return (await desk.read(path)).json() as Promise<Record<string, Record<string, unknown>[]>>;
}

const pdf = { 'content-type': 'application/pdf' };
function file(id: string, name: string, query = '') {
  return `/Invoices/${id}/Attachments/${encodeURIComponent(name)}${query}`;
}

describe('attachments', () => {
  test('a file that was put is listed and read back byte for byte', async () => {
    const id = await put();
    const bytes = new Uint8Array(256).map((_, index) => index);
    const answer = await desk.send('PUT', file(id, 'Rechnung Übung 1.pdf', '?IncludeOnline=true'), bytes, pdf);
    expect([answer.status, await answer.json()]).toMatchObject([
      200,
      { Attachments: [{ FileName: 'Rechnung Übung 1.pdf', MimeType: 'application/pdf', ContentLength: 256 }] },
    ]);
    const [listed] = (await json(`/Invoices/${id}/Attachments`)).Attachments ?? [];
    expect(listed).toMatchObject({ FileName: 'Rechnung Übung 1.pdf', IncludeOnline: true });
    for (const name of ['Rechnung Übung 1.pdf', String(listed?.AttachmentID)]) {
      const read = await desk.read(file(id, name), { accept: 'application/octet-stream' });
      expect(read.headers.get('content-type')).toBe('application/pdf');
      expect(new Uint8Array(await read.arrayBuffer())).toEqual(bytes);
    }
    expect(await json(`/Invoices/${id}`)).toMatchObject({ Invoices: [{ HasAttachments: true }] });
    expect(await desk.session.control.attachments(id)).toMatchObject([
      { fileName: 'Rechnung Übung 1.pdf', size: 256, base64: Buffer.from(bytes).toString('base64') },
    ]);
  });

  test('PUT of the same name adds a second file, POST replaces it', async () => {
    const id = await put();
    for (const method of ['PUT', 'PUT', 'POST'] as const) await desk.send(method, file(id, 'a.txt'), method, pdf);
    const files = await desk.session.control.attachments(id);
    expect(files.map(({ base64 }) => Buffer.from(base64, 'base64').toString())).toEqual(['PUT', 'POST']);
  });

  test('the same key adds no second file and refuses other bytes', async () => {
    const id = await put();
    const key = { ...pdf, 'idempotency-key': 'file-1' };
    const bytes = new Uint8Array([255, 254, 1]);
    for (const _ of [1, 2]) expect((await desk.send('PUT', file(id, 'a.pdf'), bytes, key)).status).toBe(200);
    expect(await desk.session.control.attachments(id)).toHaveLength(1);
    expect((await desk.send('PUT', file(id, 'a.pdf'), new Uint8Array([253, 254, 1]), key)).status).toBe(400);
  });

  test('JSON and text are stored as bytes', async () => {
    const id = await put();
    await desk.send('PUT', file(id, 'a.json'), '{"not": valid', { 'content-type': 'application/json' });
    await desk.send('PUT', file(id, 'a.txt'), 'words', { 'content-type': 'text/plain' });
    const files = await desk.session.control.attachments(id);
    expect(files.map(({ size }) => size)).toEqual([13, 5]);
  });

  test.each(['a<b', 'a:b', 'a"b', 'a|b', 'a?b', 'a*b', 'a+b', 'a\\b', 'a/b'])(
    'when the name is %s, then it is refused',
    async (name) => {
      expect((await desk.send('PUT', file(await put(), name), 'x', pdf)).status).toBe(400);
    },
  );

  test('refuses an eleventh, an empty or a file over 10 MB', async () => {
    const id = await put();
    const texts = async (name: string, bytes: Uint8Array) =>
      (await (await desk.send('PUT', file(id, name), bytes, pdf)).json()) as unknown;
    const refused = (text: string) => ({ Elements: [{ ValidationErrors: [{ Message: text }] }] });
    expect(await texts('big.pdf', new Uint8Array(10 * 1024 * 1024 + 1))).toMatchObject(
      refused('The file is larger than 10 MB'),
    );
    expect(await texts('none.pdf', new Uint8Array(0))).toMatchObject(refused('The file is empty'));
    for (let index = 0; index < 10; index += 1) await desk.send('PUT', file(id, `${index}.txt`), 'x', pdf);
    expect(await texts('11.pdf', new Uint8Array(1))).toMatchObject(
      refused('A document can have at most 10 attachments'),
    );
  });

  test('an unknown document or file is a 404', async () => {
    expect((await desk.send('PUT', file('nobody', 'a.pdf'), 'x', pdf)).status).toBe(404);
    expect((await desk.read(file(await put(), 'none.pdf'))).status).toBe(404);
  });
});

describe('history', () => {
  test('history lists creation, changes, notes and files, newest first', async () => {
    const id = await put();
    await desk.write('POST', `/Invoices/${id}`, { Reference: 'x' });
    await desk.write('POST', `/Invoices/${id}`, { Status: 'AUTHORISED' });
    await desk.send('PUT', file(id, 'a.pdf'), 'x', pdf);
    await desk.write('PUT', `/Invoices/${id}/History`, {
      HistoryRecords: [{ Details: 'Added from Fieldnote by Ben' }],
    });
    const { HistoryRecords = [] } = await json(`/Invoices/${id}/History`);
    expect(HistoryRecords.map(({ Changes }) => Changes)).toEqual([
      'Note',
      'Attached a file',
      'Approved',
      'Edited',
      'Created',
    ]);
    expect(HistoryRecords[0]).toMatchObject({ Details: 'Added from Fieldnote by Ben', User: 'System Generated' });
    expect(await desk.session.control.history(id)).toMatchObject([{ Changes: 'Note' }, {}, {}, {}, {}]);
  });

  test('refuses an empty or long note, keeps one of 2,500 characters', async () => {
    const path = `/Contacts/${desk.contact('Blue Gum Dental')}/History`;
    const note = (Details: string) => ({ HistoryRecords: [{ Details }] });
    expect(await desk.refusal('PUT', path, note('x'.repeat(2501)))).toHaveLength(1);
    expect(await desk.refusal('PUT', path, note(' '))).toHaveLength(1);
    await desk.write('PUT', path, note('x'.repeat(2500)));
    expect((await json(path)).HistoryRecords).toHaveLength(1);
  });

  test('an unknown document gets the text of Xero’s example', async () => {
    expect(await desk.refusal('PUT', '/Quotes/nobody/History', { HistoryRecords: [{ Details: 'x' }] })).toEqual([
      'The document with the supplied id was not found for this endpoint.',
    ]);
    expect((await desk.read('/Quotes/nobody/History')).status).toBe(404);
  });
});

describe('PDF, e-mail and online invoice', () => {
  test('returns a valid PDF', async () => {
    for (const path of [`/Invoices/${await put()}`, '/Quotes/QU-0041']) {
      const quotes = await json('/Quotes?QuoteNumber=QU-0041');
      const place = path.startsWith('/Quotes') ? `/Quotes/${quotes.Quotes?.[0]?.QuoteID}` : path;
      const answer = await desk.read(place, { accept: 'application/pdf' });
      expect(answer.headers.get('content-type')).toBe('application/pdf');
      const text = Buffer.from(await answer.arrayBuffer()).toString('latin1');
      const places = [...text.matchAll(/^(\d{10}) 00000 n $/gm)].map((match) => Number(match[1]));
      expect(places.map((from) => text.slice(from, from + 7))).toEqual([1, 2, 3, 4, 5].map((id) => `${id} 0 obj`));
      expect(text.slice(Number(/startxref\n(\d+)/.exec(text)?.[1]), -1)).toMatch(/^xref\n0 6\n/);
      expect(text).toContain('Harbour Lights Pty Ltd');
    }
  });

  test('when an approved invoice is e-mailed, then it is sent once and marked', async () => {
    const id = await put({ Status: 'AUTHORISED' });
    const answer = await desk.send('POST', `/Invoices/${id}/Email`, {});
    expect([answer.status, await answer.text()]).toEqual([204, '']);
    expect(await json(`/Invoices/${id}`)).toMatchObject({ Invoices: [{ SentToContact: true }] });
    expect(await desk.session.control.emails()).toMatchObject([
      { documentId: id, to: 'accounts@harbourlights.example', tenantId: desk.tenantId() },
    ]);
    expect((await desk.session.control.requests()).at(-2)).toMatchObject({
      path: expect.stringMatching(/Email$/),
      status: 204,
    });
  });

  test('refuses to e-mail a draft, a bill or without an address', async () => {
    const approved = { Status: 'AUTHORISED' };
    const expense = [{ Description: 'x', UnitAmount: 1, AccountCode: '429' }];
    const ids = [
      await put(),
      await put({ ...approved, Type: 'ACCPAY', LineItems: expense }),
      await put({ ...approved, Contact: { Name: 'No Mail' } }),
    ];
    for (const id of ids) expect(await desk.refusal('POST', `/Invoices/${id}/Email`, {})).toHaveLength(1);
    expect(await desk.session.control.emails()).toEqual([]);
  });

  test('only an approved sales invoice has an online invoice', async () => {
    const id = await put({ Status: 'AUTHORISED' });
    const [online] = (await json(`/Invoices/${id}/OnlineInvoice`)).OnlineInvoices ?? [];
    expect(await (await fetch(String(online?.OnlineInvoiceUrl))).text()).toContain('<h1>Invoice INV-');
    expect((await desk.read(`/Invoices/${await put()}/OnlineInvoice`)).status).toBe(404);
  });
});

describe('payments', () => {
  const pay = (InvoiceID: string, Amount: number, Account: unknown = { Code: '090' }) => ({
    Payments: [{ Invoice: { InvoiceID }, Account, Amount, Date: '2026-11-20' }],
  });

  test('when an invoice is paid in two, then it is part paid and then paid', async () => {
    const id = await put({ Status: 'AUTHORISED' });
    expect(await desk.write('PUT', '/Payments', pay(id, 10))).toMatchObject({
      PaymentType: 'ACCRECPAYMENT',
      Invoice: { AmountDue: 100, Status: 'AUTHORISED' },
    });
    expect(await desk.write('PUT', '/Payments', pay(id, 100, { Code: '880' }))).toMatchObject({
      Invoice: { AmountDue: 0, Status: 'PAID' },
    });
    expect(await json(`/Invoices/${id}`)).toMatchObject({
      Invoices: [{ Payments: [{ Amount: 10 }, { Amount: 100 }] }],
    });
  });

  test('refuses a payment too high, of a draft, or from a wrong account', async () => {
    const id = await put({ Status: 'AUTHORISED' });
    expect(await desk.refusal('PUT', '/Payments', pay(id, 110.01))).toEqual([
      'Payment amount exceeds the amount outstanding on this document',
    ]);
    expect(await desk.refusal('PUT', '/Payments', pay(await put(), 1))).toHaveLength(1);
    expect(await desk.refusal('PUT', '/Payments', pay(id, 1, { Code: '200' }))).toHaveLength(1);
  });
});

describe('what a test can count', () => {
  test('lists all documents of a contact, including deleted ones', async () => {
    const contactId = desk.contact('Harbour Lights Pty Ltd');
    const given = { tenantId: desk.tenantId(), contactId };
    const before = await desk.session.control.documents(given);
    const id = await put({ InvoiceNumber: 'X-1' });
    await desk.write('POST', `/Invoices/${id}`, { Status: 'DELETED' });
    const { invoices, bills, quotes } = await desk.session.control.documents(given);
    expect(invoices.length).toBe(before.invoices.length + 1);
    expect(invoices.at(-1)).toMatchObject({ InvoiceNumber: 'X-1', Status: 'DELETED', contactId });
    expect([bills.length, quotes.length]).toEqual([before.bills.length, before.quotes.length]);
    await expect(desk.session.control.documents({ tenantId: 'nobody' })).rejects.toThrow('404');
  });

  test('after a lost answer, the same key and body find one document', async () => {
    const body = { Invoices: [{ Type: 'ACCPAY', Contact: { ContactID: desk.contact('Kookaburra Couriers') } }] };
    const key = { 'idempotency-key': 'write-1' };
    const given = { tenantId: desk.tenantId(), contactId: desk.contact('Kookaburra Couriers') };
    const before = (await desk.session.control.documents(given)).bills.length;
    await desk.session.control.fault({ kind: 'lose-answer', method: 'PUT' });
    await expect(desk.send('PUT', '/Invoices', body, key)).rejects.toThrow();
    expect((await desk.send('PUT', '/Invoices', body, key)).status).toBe(200);
    expect((await desk.session.control.documents(given)).bills).toHaveLength(before + 1);
  });
});
