import type { FastifyInstance, FastifyReply } from 'fastify';
import { toLowerFields } from '../fields.ts';
import type { Organisation } from '../records/organisation.ts';
import type { Contact, Invoice, Line, Quote } from '../records/types.ts';
import type { Sandbox } from '../state.ts';
import { escapeHtml, page } from './layout.ts';

type Place = { organisation: Organisation; id: string };

type LinkParams = { Params: { shortCode: string; id: string } };

/** The pages of go.xero.com behind "View in Xero", and the customer's page of an online invoice. */
export function addDeepLinkPages(app: FastifyInstance, sandbox: Sandbox): void {
  const show = (reply: FastifyReply, shortCode: string, id: string, render: (place: Place) => string | undefined) => {
    const organisation = sandbox.state.organisations.find((one) => one.shortCode === shortCode);
    const html = organisation && render({ organisation, id: id.toLowerCase() });
    return reply
      .status(html ? 200 : 404)
      .type('text/html; charset=utf-8')
      .send(html ?? missingPage(shortCode));
  };

  app.get<LinkParams>('/app/:shortCode/contacts/contact/:id', async ({ params }, reply) =>
    show(reply, params.shortCode, params.id, contactPage),
  );
  app.get<LinkParams>('/app/:shortCode/invoicing/view/:id', async ({ params }, reply) =>
    show(reply, params.shortCode, params.id, invoicePage),
  );
  app.get<LinkParams>('/app/:shortCode/quotes/view/:id', async ({ params }, reply) =>
    show(reply, params.shortCode, params.id, quotePage),
  );
  app.get<LinkParams>('/online/:shortCode/:id', async ({ params }, reply) =>
    show(reply, `!${params.shortCode}`, params.id, invoicePage),
  );
  app.get('/organisationlogin/default.aspx', async (request, reply) => {
    const { shortcode = '', redirecturl = '' } = toLowerFields(request.query);
    const id = /^\/AccountsPayable\/(?:Edit|View)\.aspx\?InvoiceID=([\w-]+)$/i.exec(redirecturl)?.[1] ?? '';
    return show(reply, shortcode, id, invoicePage);
  });
}

function contactPage({ organisation, id }: Place): string | undefined {
  const contact = organisation.books().contacts.get(id);
  if (!contact) return undefined;
  const facts: [string, string | undefined][] = [
    ['Organisation', organisation.name],
    ['Status', contact.ContactStatus],
    ['E-mail', contact.EmailAddress],
    ['Account number', contact.AccountNumber],
    ['Person', [contact.FirstName, contact.LastName].filter(Boolean).join(' ')],
  ];
  return page(
    contact.Name,
    `<h1>${escapeHtml(contact.Name)}</h1>${list(facts)}${documentsOf(organisation, contact)}`,
    'wide',
  );
}

/** Latest first, because a contact may have thousands. */
const maxRows = 50;

function documentsOf(organisation: Organisation, contact: Contact): string {
  const { invoices, quotes } = organisation.books();
  const isTheirs = ({ contactId }: Invoice | Quote) => contactId === contact.ContactID;
  const rows = [
    ...[...invoices.values()].filter(isTheirs).map((one) => toRow(nameOf(one), one.InvoiceNumber, one)),
    ...[...quotes.values()].filter(isTheirs).map((one) => toRow('Quote', one.QuoteNumber, one)),
  ];
  const latest = rows.sort((a, b) => b.date.localeCompare(a.date)).slice(0, maxRows);
  const cells = latest.map(
    ({ kind, number, date, status, total }) =>
      `<tr><td>${kind}</td><td>${escapeHtml(number)}</td><td>${date}</td><td>${status}</td><td class="amount">${total}</td></tr>`,
  );
  return `<table><thead><tr><th>Kind</th><th>Number</th><th>Date</th><th>Status</th><th class="amount">Total</th></tr></thead><tbody>${cells.join('')}</tbody></table>`;
}

function toRow(kind: string, number: string, document: Invoice | Quote) {
  return {
    kind,
    number,
    date: document.Date,
    status: document.Status,
    total: `${document.CurrencyCode} ${money(document.Total)}`,
  };
}

function nameOf(invoice: Invoice): string {
  return invoice.Type === 'ACCREC' ? 'Invoice' : 'Bill';
}

function invoicePage({ organisation, id }: Place): string | undefined {
  const invoice = organisation.books().invoices.get(id);
  if (!invoice) return undefined;
  const title = `${nameOf(invoice)} ${invoice.InvoiceNumber}`;
  return documentPage(organisation, title, invoice, [
    ['Due', invoice.DueDate],
    ['Amount due', `${invoice.CurrencyCode} ${money(invoice.AmountDue)}`],
  ]);
}

function quotePage({ organisation, id }: Place): string | undefined {
  const quote = organisation.books().quotes.get(id);
  if (!quote) return undefined;
  return documentPage(organisation, `Quote ${quote.QuoteNumber}`, quote, [
    ['Title', quote.Title],
    ['Expires', quote.ExpiryDate],
  ]);
}

function documentPage(
  organisation: Organisation,
  title: string,
  document: Invoice | Quote,
  more: [string, string | undefined][],
): string {
  const facts: [string, string | undefined][] = [
    ['Organisation', organisation.name],
    ['Contact', organisation.books().contacts.get(document.contactId)?.Name],
    ['Status', document.Status],
    ['Date', document.Date],
    ['Reference', document.Reference],
    ...more,
    ['Total', `${document.CurrencyCode} ${money(document.Total)}`],
  ];
  return page(title, `<h1>${escapeHtml(title)}</h1>${list(facts)}${linesTable(document.LineItems)}`, 'wide');
}

function linesTable(lines: Line[]): string {
  return `<table><thead><tr><th>Description</th><th class="amount">Quantity</th><th class="amount">Price</th><th class="amount">Amount</th></tr></thead><tbody>${lines
    .map(
      (line) =>
        `<tr><td>${escapeHtml(line.Description)}</td><td class="amount">${line.Quantity}</td><td class="amount">${money(line.UnitAmount)}</td><td class="amount">${money(line.LineAmount)}</td></tr>`,
    )
    .join('')}</tbody></table>`;
}

function list(facts: [string, string | undefined][]): string {
  return `<dl>${facts
    .filter(([, value]) => value)
    .map(([name, value]) => `<dt>${name}</dt><dd>${escapeHtml(value ?? '')}</dd>`)
    .join('')}</dl>`;
}

function money(amount: number): string {
  return amount.toLocaleString('en', { minimumFractionDigits: 2, maximumFractionDigits: 4 });
}

function missingPage(shortCode: string): string {
  return page(
    'Not found',
    `<h1>Nothing to see here</h1><p>No such page in organisation <code>${escapeHtml(shortCode)}</code>.</p>`,
  );
}
