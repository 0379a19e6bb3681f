import { expect, test } from 'vitest';
import type { Reading } from '#server/xero/xero-deps.ts';
import { findBillsByNumber } from './find-documents.ts';

const caller = { workspaceId: 'w', organisationId: 'o', priority: 'person' as const };
function toBill(number: string, place: number) {
  return {
    InvoiceID: `00000000-0000-4000-8000-${String(place).padStart(12, '0')}`,
    Type: 'ACCPAY',
    InvoiceNumber: number,
  };
}

/** Returns these bills in pages of a thousand and records each question. */
function buildReading(bills: readonly object[]) {
  const asked: unknown[][] = [];
  const ask: Reading['ask'] = async (_caller, question) => {
    let page = 0;
    const getInvoices = async (...parameters: unknown[]) => {
      asked.push(parameters);
      page = Number(parameters[8]);
    };
    await question.send({ getInvoices } as unknown as Parameters<typeof question.send>[0], 'o');
    const text = JSON.stringify({
      Invoices: bills.slice((page - 1) * 1000, page * 1000),
      pagination: { page, pageSize: 1000, pageCount: Math.ceil(bills.length / 1000), itemCount: bills.length },
    });
    return { status: 200, headers: {}, text };
  };
  return { asked, reading: { ask, noteSetAside: () => undefined } };
}

test('finds a number with a comma on the last of thousands of bills', async () => {
  const bills = Array.from({ length: 2_500 }, (_, place) =>
    toBill(place === 2_499 ? 'MAY-7,8' : `MAY-${place}`, place),
  );
  const { asked, reading } = buildReading(bills);
  const bill = { contactId: 'c', number: 'may-7,8' };
  expect(await findBillsByNumber(reading, caller, bill)).toMatchObject([{ number: 'MAY-7,8' }]);
  expect(asked.map((parameters) => parameters[8])).toEqual([1, 2, 3]);
  // No list of numbers; all bills instead.
  expect(asked.map((parameters) => [parameters[2], parameters[5]])).toEqual(
    asked.map(() => ['Type=="ACCPAY"', undefined]),
  );
});

test('asks Xero for a plain number once', async () => {
  const { asked, reading } = buildReading([
    toBill('MAY-7', 1),
    toBill('MAY-78', 2),
    { ...toBill('MAY-7', 3), Type: 'ACCREC' },
  ]);
  expect(await findBillsByNumber(reading, caller, { contactId: 'c', number: 'MAY-7' })).toHaveLength(1);
  expect(asked.map((parameters) => [parameters[2], parameters[5], parameters[6]])).toEqual([
    [undefined, ['MAY-7'], ['c']],
  ]);
});
