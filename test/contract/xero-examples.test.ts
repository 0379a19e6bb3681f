import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { describe, expect, test } from 'vitest';
import { parse } from 'yaml';
import { toRejection } from '#server/xero/answers/rejections.ts';
import { parseContacts } from '#server/xero/contacts/parse-contacts.ts';
import {
  openInvoiceStatuses,
  openQuoteStatuses,
  parseInvoices,
  parseQuotes,
} from '#server/xero/documents/parse-documents.ts';
import { parseOrganisation } from '#server/xero/organisation/parse-organisation.ts';
import { findTimeZone, xeroTimeZones } from '#server/xero/organisation/time-zones.ts';

/** Xero's OpenAPI files. They are test data and not part of this project. */
const folder = process.env.XERO_OPENAPI_DIR;
if (!folder) {
  console.warn('\n  !! XERO_OPENAPI_DIR is not set: the parsers are NOT checked against the examples of Xero !!\n');
}

type Node = { [name: string]: Node } & unknown;
type Row = Record<string, unknown> & { Status: string };

describe.skipIf(!folder)("Xero's own OpenAPI", () => {
  const spec: Node = folder ? parse(readFileSync(join(folder, 'xero_accounting.yaml'), 'utf8')) : {};
  const log = { debug: fail, info: fail, warn: fail, error: fail };

  function findExample(path: string, method: string, status: string): Node {
    const content = spec.paths?.[path]?.[method]?.responses?.[status]?.content?.['application/json'];
    if (!content?.example) throw new Error(`no example of ${method} ${path} ${status}`);
    return content.example;
  }
  const toAnswer = (example: unknown, status = 200) => ({ status, headers: {}, text: JSON.stringify(example) });

  test('when its time zones are looked up, then each is known, and no other', () => {
    const names = spec.components?.schemas?.TimeZone?.enum;
    expect([...xeroTimeZones].sort()).toEqual([...(names as unknown as string[])].sort());
    expect(xeroTimeZones.map((name) => findTimeZone(name) ?? '')).not.toContain('');
  });

  test.each([
    ['/Invoices', 'get', 'Invoices', parseInvoices, openInvoiceStatuses],
    ['/Quotes', 'get', 'Quotes', parseQuotes, openQuoteStatuses],
  ] as const)('when the example of %s is read, then every open row comes whole', (path, method, list, read, open) => {
    const rows = findExample(path, method, '200')[list] as unknown as Row[];
    expect(rows.length).toBeGreaterThan(0);
    // The examples have few statuses, but a row is parsed the same way in any status.
    for (const status of open) {
      const asStatus = rows.map((row) => ({ ...row, Status: status }));
      const { rows: found, rowKeys } = read(toAnswer({ [list]: asStatus }));
      const documents = found.flatMap(({ document }) => document ?? []);
      expect(rowKeys).toHaveLength(rows.length);
      expect(documents.map(({ number, total, currency }) => [number, Number(total), currency])).toEqual(
        rows.map((row) => [row.InvoiceNumber ?? row.QuoteNumber, row.Total, row.CurrencyCode]),
      );
      expect(documents.map(({ status: own }) => own)).toEqual(rows.map(() => status));
    }
    const own = read(toAnswer({ [list]: rows })).rows;
    expect(own).toHaveLength(rows.filter((row) => (open as readonly string[]).includes(row.Status)).length);
  });

  test.each([
    ['/Contacts', 'get'],
    ['/Contacts', 'put'],
    ['/Contacts/{ContactID}', 'get'],
  ])('when the example of %s %s is read, then its contacts come', (path, method) => {
    const example = findExample(path, method, '200');
    const rows = example.Contacts as unknown as Record<string, unknown>[];
    expect(parseContacts(toAnswer(example)).rows.map(({ id, name }) => ({ id, name }))).toEqual(
      rows.map((row) => ({ id: row.ContactID, name: row.Name })),
    );
  });

  test('when the example of the organisation is read, then it comes without a warning', () => {
    const example = findExample('/Organisation', 'get', '200');
    expect(parseOrganisation(toAnswer(example), 'a-tenant', log)).toMatchObject({
      id: 'a-tenant',
      baseCurrency: 'NZD',
    });
  });

  test('when the example of a refused contact is read, then its texts come', () => {
    const { errors } = toRejection(toAnswer(findExample('/Contacts', 'put', '400'), 400)).details;
    expect(errors?.length).toBeGreaterThan(0);
  });
});

function fail(...args: unknown[]): never {
  throw new Error(`nothing should be logged: ${JSON.stringify(args)}`);
}
