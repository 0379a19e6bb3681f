import { describe, expect, test } from 'vitest';
import { contactUrl, documentUrl, organisationUrl } from './deep-links.ts';

const app = 'https://go.xero.com';
const id = '5cc8cf28-567e-4d43-b287-687cfcaec47c';

describe('deep links', () => {
  test('when the short code is known, then each kind has its own page', () => {
    expect(organisationUrl(app, '!d8x2K')).toBe('https://go.xero.com/app/!d8x2K/dashboard');
    expect(contactUrl(app, '!d8x2K', id)).toBe(`https://go.xero.com/app/!d8x2K/contacts/contact/${id}`);
    expect(documentUrl(app, '!d8x2K', { kind: 'invoice', id })).toBe(
      `https://go.xero.com/app/!d8x2K/invoicing/view/${id}`,
    );
    expect(documentUrl(app, '!d8x2K', { kind: 'quote', id })).toBe(`https://go.xero.com/app/!d8x2K/quotes/view/${id}`);
    expect(documentUrl(app, '!d8x2K', { kind: 'bill', id })).toBe(
      `https://go.xero.com/organisationlogin/default.aspx?shortcode=!d8x2K&redirecturl=/AccountsPayable/Edit.aspx?InvoiceID=${id}`,
    );
  });

  test('when the short code is not known, then there is no link', () => {
    const links = [
      organisationUrl(app, null),
      contactUrl(app, null, id),
      documentUrl(app, null, { kind: 'quote', id }),
    ];
    expect([
      ...links,
      documentUrl(app, null, { kind: 'invoice', id }),
      documentUrl(app, null, { kind: 'bill', id }),
    ]).toEqual([null, null, null, null, null]);
  });
});
