import { afterAll, afterEach, beforeAll, beforeEach, describe, expect, test } from 'vitest';
import { waitUntil } from '#test/support/wait-until.ts';
import { openTestDesk, type TestDesk } from '../testing/desk.ts';
import { openWebhookListener, type WebhookListener } from '../testing/webhook-listener.ts';

let desk: TestDesk;
let app: WebhookListener;
beforeAll(async () => {
  desk = await openTestDesk();
});
afterAll(() => desk.session.xero.close());
beforeEach(async () => {
  await desk.renew();
  app = await openWebhookListener();
});
afterEach(() => app.close());

function control() {
  return desk.session.control;
}
function subscribe(more = {}) {
  return control().webhooks({ url: app.url, key: app.key, ...more });
}
function hear(count: number) {
  return waitUntil(() => app.events().length >= count, `${count} events`);
}
function posts() {
  return app.heard().filter(({ body }) => body.events.length > 0);
}

function addInvoice(Total = 10) {
  return control().addInvoice({
    tenantId: desk.tenantId(),
    Contact: { ContactID: desk.contact('Blue Gum Dental') },
    Total,
  });
}

describe('the intent to receive', () => {
  test('subscribes an app that accepts only signed posts', async () => {
    expect(await subscribe()).toEqual({ reason: null });
    expect(app.heard().map(({ isSignedRight }) => isSignedRight)).toEqual([true, false, true, false]);
    expect(app.heard()[0]?.body).toMatchObject({ events: [], firstEventSequence: 0, lastEventSequence: 0 });
  });

  test('does not subscribe an app that accepts everything', async () => {
    app.answerWith(200);
    expect(await subscribe()).toEqual({ reason: 'signed wrong: 200 instead of 401' });
    await addInvoice();
    expect(posts()).toEqual([]);
  });
});

describe('what events contain', () => {
  beforeEach(() => subscribe());

  test('a person’s change in Xero gives an event that names it', async () => {
    const invoice = await addInvoice();
    await hear(1);
    expect(app.events()[0]).toEqual({
      resourceUrl: `https://api.xero.com/api.xro/2.0/Invoices/${invoice.InvoiceID}`,
      resourceId: invoice.InvoiceID,
      eventDateUtc: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+$/),
      eventType: 'CREATE',
      eventCategory: 'INVOICE',
      tenantId: desk.tenantId(),
      tenantType: 'ORGANISATION',
    });
    await control().updateInvoice({ tenantId: desk.tenantId(), InvoiceID: invoice.InvoiceID, pay: 4 });
    await hear(2);
    expect(app.events()[1]).toMatchObject({ resourceId: invoice.InvoiceID, eventType: 'UPDATE' });
    expect(posts().map(({ body }) => [body.firstEventSequence, body.lastEventSequence])).toEqual([
      [1, 1],
      [2, 2],
    ]);
  });

  test('bills are invoices, and quotes have no events', async () => {
    const Contact = { ContactID: desk.contact('Blue Gum Dental') };
    await desk.write('PUT', '/Quotes', {
      Quotes: [{ Contact, Date: '2026-11-01', LineItems: [{ Description: 'A', Quantity: 1, UnitAmount: 1 }] }],
    });
    await desk.write('PUT', '/Invoices', { Invoices: [{ Type: 'ACCPAY', Contact }] });
    await desk.write('PUT', '/Contacts', { Contacts: [{ Name: 'New one' }] });
    await hear(2);
    expect(app.events().map(({ eventCategory }) => eventCategory)).toEqual(['INVOICE', 'CONTACT']);
  });

  test('credit has its own category', async () => {
    const draft = { tenantId: desk.tenantId(), Contact: { ContactID: desk.contact('Blue Gum Dental') }, Total: 5 };
    for (const kind of ['CreditNote', 'Prepayment', 'Overpayment'] as const) {
      await control().addCreditNote({ ...draft, kind });
    }
    await hear(3);
    expect(app.events().map(({ eventCategory }) => eventCategory)).toEqual(['CREDITNOTE', 'PREPAYMENT', 'OVERPAYMENT']);
  });

  test('skips unwanted categories and unconnected organisations', async () => {
    await subscribe({ categories: ['CONTACT'] });
    await addInvoice();
    const [, other] = (await control().seedInfo()).organisations;
    await control().addContact({ tenantId: other?.tenantId ?? '', Name: 'Elsewhere' });
    await control().addContact({ tenantId: desk.tenantId(), Name: 'Here' });
    await hear(1);
    expect(app.events()).toMatchObject([{ eventCategory: 'CONTACT', tenantId: desk.tenantId() }]);
  });
});

describe('what goes wrong', () => {
  beforeEach(() => subscribe());

  test('retries the same body ever later until the app answers 200', async () => {
    app.answerWith(500);
    await addInvoice();
    await waitUntil(async () => (await control().webhookPosts()).length === 1, 'the first try');
    app.answerWith(null);
    await control().clock({ advanceSeconds: 6 });
    await hear(2);
    const [first, second] = posts();
    expect(second?.body).toEqual(first?.body);
    expect(await control().webhookPosts()).toMatchObject([
      { attempt: 1, status: 500, problem: 'status' },
      { attempt: 2, status: 200, problem: null },
    ]);
  });

  test('sends a duplicate, wrong signature or unknown category on request', async () => {
    await control().webhookFault({ kind: 'duplicate' });
    await control().webhookFault({ kind: 'wrong-signature' });
    await control().webhookFault({ kind: 'unknown-category' });
    for (let index = 0; index < 3; index += 1) await addInvoice();
    await waitUntil(() => posts().length === 4, 'four POSTs');
    expect(posts()[1]).toEqual(posts()[0]);
    expect(posts().map(({ isSignedRight }) => isSignedRight)).toEqual([true, true, false, true]);
    expect(posts()[3]?.body).toMatchObject({
      events: [{ eventCategory: 'TIMESHEET' }, { eventCategory: 'INVOICE', resourceVersion: 7 }],
      schemaVersion: '2',
    });
  });

  test('releases held events in the requested order or together', async () => {
    await control().holdWebhooks();
    await addInvoice();
    await addInvoice();
    await control().releaseWebhooks({ order: 'newest first' });
    await hear(2);
    expect(posts().map(({ body }) => body.firstEventSequence)).toEqual([2, 1]);

    const organisations = (await control().seedInfo()).organisations.map(({ tenantId }) => tenantId);
    await control().consent({ bulk: true });
    await desk.session.connect(organisations);
    await control().holdWebhooks();
    for (const tenantId of organisations) await control().addContact({ tenantId, Name: 'Everywhere' });
    await control().releaseWebhooks();
    await hear(2 + organisations.length);
    expect(posts()).toHaveLength(3);
    expect(new Set(posts()[2]?.body.events.map(({ tenantId }) => tenantId))).toEqual(new Set(organisations));
  });

  test('a delayed POST waits for Xero’s clock', async () => {
    await control().webhookFault({ kind: 'delay', delayMs: 3_600_000 });
    await addInvoice();
    await addInvoice();
    await hear(1);
    expect(posts().map(({ body }) => body.firstEventSequence)).toEqual([2]);
    await control().clock({ advanceSeconds: 3600 });
    await hear(2);
    expect(posts().map(({ body }) => body.firstEventSequence)).toEqual([2, 1]);
  });
});
