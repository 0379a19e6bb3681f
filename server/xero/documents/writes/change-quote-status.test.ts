import { describe, expect, test } from 'vitest';
import type { Ask } from '#server/xero/calling/ask.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import { AppError } from '#shared/app-error.ts';
import { changeQuoteStatus, type QuoteStatusChange } from './change-quote-status.ts';

const id = '68e9965d-8d22-4e22-a01c-ee0a78fb3ea1';
const quote = {
  QuoteID: id,
  Contact: { ContactID: '42771b60-19a7-4692-af81-dd9f9b9362d4' },
  Date: '/Date(1574035200000)/',
  ...{ Status: 'SENT', CurrencyCode: 'AUD', LineAmountTypes: 'EXCLUSIVE', Title: 'First' },
  ...{ SubTotal: 100, TotalTax: 10, Total: 110, UpdatedDateUTC: '/Date(1574029509507)/' },
  LineItems: [{ LineItemID: 'a', Description: 'Lamp', Quantity: 1, UnitAmount: 100, LineAmount: 100, TaxAmount: 10 }],
};

/**
 * A fake Xero with one quote, and a clock. `onPost` runs between the moment a write gets its slot and the moment its
 * bytes are sent.
 */
function startDesk({ onPost = (_count: number): void => undefined, stored = quote as object } = {}) {
  const desk = { nowMs: 0, steadyMs: 0, quote: { ...quote, ...stored }, reads: 0, sent: [] as string[] };
  const answer = (text: string) => ({ status: 200, headers: {}, text });
  const toText = (change: object = {}) => JSON.stringify({ Quotes: [{ ...desk.quote, ...change }] });
  let posts = 0;
  const ask: Ask = async (caller, question) => {
    if (!question.isWrite) {
      desk.reads += 1;
      return answer(toText());
    }
    posts += 1;
    onPost.call(desk, posts);
    const mayLeave = await caller.gate?.();
    if (mayLeave?.() === false) throw new AppError('xero_unreachable', { proof: 'not_done' });
    const bytes = String(question.body?.bytes);
    desk.sent.push(bytes);
    return answer(toText({ Status: JSON.parse(bytes).Quotes[0].Status }));
  };
  const clock = { now: () => new Date(desk.nowMs), steadyMs: () => desk.steadyMs };
  const change = (more: Partial<XeroCaller> = {}, check?: QuoteStatusChange['check']) => {
    const caller: XeroCaller = { workspaceId: 'w', organisationId: 'o', priority: 'person', ...more };
    return changeQuoteStatus({ ask, clock }, caller, {
      id,
      status: 'ACCEPTED',
      idempotencyKey: 'k',
      ...(check && { check }),
    });
  };
  return { desk, change };
}

describe('the status of a quote', () => {
  test('reads the quote, sends it once and returns both totals', async () => {
    const { desk, change } = startDesk();
    const { before, after } = await change();
    expect([before.status, after.status, before.total, after.total]).toEqual(['SENT', 'ACCEPTED', '110', '110']);
    expect([desk.reads, desk.sent.length]).toEqual([1, 1]);
    expect(JSON.parse(desk.sent[0] ?? '').Quotes).toMatchObject([{ Title: 'First', Status: 'ACCEPTED' }]);
  });

  test('sends nothing when the quote has the status already', async () => {
    const { desk, change } = startDesk({ stored: { Status: 'ACCEPTED' } });
    expect((await change()).after.status).toBe('ACCEPTED');
    expect(desk.sent).toEqual([]);
  });

  test('sends nothing when the check of the quote as just read throws', async () => {
    const { desk, change } = startDesk({ stored: { Status: 'INVOICED' } });
    const check = ({ status }: { status: string }) => {
      throw new AppError('action_not_allowed', { detail: status });
    };
    await expect(change({}, check)).rejects.toMatchObject({
      code: 'action_not_allowed',
      details: { detail: 'INVOICED' },
    });
    expect([desk.reads, desk.sent.length]).toEqual([1, 0]);
  });

  test('sends nothing when Xero returns another quote', async () => {
    const { desk, change } = startDesk({ stored: { QuoteID: '11111111-1111-4111-8111-111111111111' } });
    await expect(change()).rejects.toMatchObject({ code: 'xero_invalid_answer' });
    expect(desk.sent).toEqual([]);
  });
});

describe('a reading that waited', () => {
  test.each(['nowMs', 'steadyMs'] as const)('reads again when %s moved on before the bytes are sent', async (time) => {
    const { desk, change } = startDesk({
      onPost(this: { nowMs: number; steadyMs: number; quote: { Title: string } }, count) {
        if (count > 1) return;
        this[time] += 5_001;
        this.quote.Title = 'Second';
      },
    });
    expect((await change()).after.status).toBe('ACCEPTED');
    expect([desk.reads, desk.sent.length]).toEqual([2, 1]);
    expect(desk.sent[0]).toContain('"Title":"Second"');
  });

  test('a quote read five seconds ago still counts', async () => {
    const { desk, change } = startDesk({
      onPost(this: { steadyMs: number }) {
        this.steadyMs += 5_000;
      },
    });
    await change();
    expect(desk.reads).toBe(1);
  });

  test('gives up after three waits and sends nothing', async () => {
    const { desk, change } = startDesk({
      onPost(this: { steadyMs: number }) {
        this.steadyMs += 6_000;
      },
    });
    await expect(change()).rejects.toMatchObject({ code: 'calls_paced', details: { proof: 'not_done' } });
    expect([desk.reads, desk.sent.length]).toEqual([3, 0]);
  });

  test('sends no bytes when the process is suspended just before', async () => {
    const { desk, change } = startDesk();
    const gate = async () => {
      desk.steadyMs += 6_000;
      return () => true;
    };
    await expect(change({ gate })).rejects.toMatchObject({ code: 'xero_unreachable' });
    expect(desk.sent).toEqual([]);
  });

  test('sends nothing when the write itself may not be sent', async () => {
    const { desk, change } = startDesk();
    await expect(change({ gate: async () => () => false })).rejects.toMatchObject({ code: 'xero_unreachable' });
    await expect(change({ gate: () => Promise.reject(new AppError('outcome_unknown')) })).rejects.toMatchObject({
      code: 'outcome_unknown',
    });
    expect(desk.sent).toEqual([]);
  });
});

describe('lines', () => {
  const refuse = (error: AppError) => (count: number) => {
    if (count === 1) throw error;
  };

  test('sends the quote without lines when Xero refuses them', async () => {
    const { desk, change } = startDesk({ onPost: refuse(new AppError('xero_rejected', { proof: 'refused' })) });
    expect((await change()).after.status).toBe('ACCEPTED');
    expect(desk.sent).toHaveLength(1);
    expect(desk.sent[0]).not.toContain('LineItems');
  });

  test.each(['xero_timeout', 'xero_rejected'] as const)(
    'does not send again after an unknown outcome (%s)',
    async (code) => {
      const { desk, change } = startDesk({ onPost: refuse(new AppError(code)) });
      await expect(change()).rejects.toMatchObject({ code });
      expect(desk.sent).toEqual([]);
    },
  );

  test('leaves out lines that do not add up to the quote', async () => {
    const { desk, change } = startDesk({ stored: { LineAmountTypes: 'INCLUSIVE' } });
    await change();
    expect(desk.sent).toHaveLength(1);
    expect(desk.sent[0]).not.toContain('LineItems');
    expect(desk.sent[0]).toContain('"LineAmountTypes":"INCLUSIVE"');
  });
});
