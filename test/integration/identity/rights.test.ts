import { afterAll, beforeAll, describe, expect, test } from 'vitest';
import { allRights, type Right } from '#shared/contract/record.ts';
import { presets } from '#test/support/people/admin.ts';
import { newDocument } from '#test/support/people/documents.ts';
import type { Visit } from '#test/support/people/visit.ts';
import {
  type Cell,
  type Expected,
  type Ids,
  newKey,
  type RecordType,
  type Row,
  rightsTable,
} from '#test/support/rights/rights-table.ts';
import { type RightsWorld, startRightsWorld } from '#test/support/rights/rights-world.ts';

let world: RightsWorld;
beforeAll(async () => {
  world = await startRightsWorld();
});
afterAll(() => world?.stop());

type Holder = { name: string; userId: string; rights: readonly Right[]; isAdmin: boolean };

const holders: readonly Holder[] = [
  { name: 'nobody', rights: [] },
  ...allRights.map((right) => ({ name: `${right} alone`, rights: [right] })),
  { name: 'everything but bills', rights: presets.sales },
  { name: 'every right', rights: allRights },
]
  .map((holder) => ({ ...holder, userId: 'ben', isAdmin: false }))
  .concat([{ name: 'an admin', rights: [...allRights], userId: 'olivia', isAdmin: true }]);
const recordTypes: readonly RecordType[] = ['contact', 'company', 'deal', 'settings', 'expense', 'sync'];

/** Keeps a session's calls within its fifteen minutes and the governor's sixty a minute. */
let sent = 0;
async function send(visit: Visit, row: Row, ids: Ids) {
  sent += 1;
  if (sent % 15 === 0) await world.app.advanceSeconds(61);
  const { path, body, headers } = row.ask(ids, world.own);
  const [method = ''] = row.route.split(' ');
  const answer = await visit.send(method, path, body, headers);
  const text = typeof answer.body === 'string' ? answer.body : JSON.stringify(answer.body);
  return { status: answer.status, text, code: (answer.body as { code?: string } | null)?.code };
}

function outcomeOf({ status, code }: { status: number; code?: string | undefined }): Expected | string {
  if (status === 401 && code === 'token_invalid') return 'no_entry';
  if (status === 403) return code === 'forbidden' ? 'forbidden' : `403 ${code}`;
  if (status === 404) return code === 'not_found' || code === 'xero_not_found' ? 'not_found' : `404 ${code}`;
  // Refused because of its content, after every check of rights, or because Xero lacks what a draft needs.
  return status < 400 || [409, 422, 503].includes(status) ? 'allowed' : `${status} ${code}`;
}

const line = { description: 'Lamp', quantity: '1', unitAmount: '5.00', accountCode: '400', taxType: 'INPUT' };

const foreignKinds = ['another record', 'another workspace'] as const;
function isAskedInVain({ names }: Row, whose: (typeof foreignKinds)[number]) {
  return names === 'anything' || names === whose;
}

/** Answers must contain nothing that the person may not view. */
function checkAbsence(cell: Cell, where: string, text: string): void {
  const has = (right: Right) => cell.isAdmin || cell.rights.includes(right);
  const hidden = [
    ...(has('view') && has('viewBills')
      ? []
      : [...world.marks.bill, 'outstandingBills', 'overdueBills', '"bills":{"count"', '"bills":[', '"kind":"bill"']),
    ...(has('view') ? [] : [...world.marks.invoice, ...world.marks.quote, '"outstandingInvoices"']),
    ...(has('bills') ? [] : ['"purchases":{']),
    ...(cell.isAdmin ? [] : ['Olivia Hart']),
    ...world.foreignMarks,
  ];
  for (const mark of hidden) expect(text.includes(mark), `${where} tells ${mark}: ${text.slice(0, 800)}`).toBe(false);
}

describe('every route, right, kind of record and workspace', () => {
  const counts = { allowed: 0, forbidden: 0, not_found: 0, no_entry: 0, foreign: 0 };
  const texts = new Map<string, string>();

  test('the table has a row for every route that needs a session', () => {
    const named = new Set(rightsTable.map(({ route }) => route));
    const routes = world.app.routes.filter(({ path }) => path.startsWith('/api/') && path !== '/api/open');
    expect([...named].sort()).toEqual(routes.map(({ method, path }) => `${method} ${path}`).sort());
  });

  describe.each(holders)('$name', ({ userId, rights, isAdmin, name }) => {
    test.each(recordTypes)(
      'on a %s, the rights limit everything that is done or returned',
      async (recordType) => {
        await world.app.admin.grant({ ben: rights });
        // The right to disconnect is enough here; Xero refuses the rest.
        await world.app.control.fault({
          kind: 'status',
          status: 503,
          method: 'DELETE',
          path: '/connections',
          times: Infinity,
        });
        const visit = await world.open(userId, recordType);
        const cell: Cell = { rights, isAdmin, recordType };
        checkAbsence(cell, `${name}, ${recordType}, open`, JSON.stringify(visit.opened.view));
        for (const row of rightsTable) {
          const where = `${name}, ${recordType}, ${row.route} ${row.ask(world.own, world.own).path}`;
          const answer = await send(visit, row, world.own);
          const expected = row.expect(cell);
          expect(outcomeOf(answer), `${where}: ${answer.text}`).toBe(expected);
          checkAbsence(cell, where, answer.text);
          counts[expected] += 1;
          texts.set(where, answer.text);
          for (const whose of foreignKinds.filter((one) => isAskedInVain(row, one))) {
            const foreign = await send(visit, row, world.foreign[whose]);
            const inVain = expected === 'allowed' ? 'not_found' : expected;
            expect(outcomeOf(foreign), `${where}, of ${whose}: ${foreign.text}`).toBe(inVain);
            checkAbsence(cell, `${where}, of ${whose}`, foreign.text);
            counts.foreign += 1;
          }
        }
      },
      300_000,
    );
  });

  test('who may add but not view bills may attach to and delete their own', async () => {
    await world.app.admin.grant({ ben: ['bills'] });
    const visit = await world.open('ben', 'contact');
    const body = newDocument(world.own.contactId, { number: 'BEN-1', lines: [line] });
    const made = await visit.send('POST', '/api/bills', body, newKey());
    expect(made).toMatchObject({ status: 201, body: { document: { number: 'BEN-1' } } });
    const { id } = (made.body as { document: { id: string } }).document;
    const file = Buffer.from('receipt');
    expect((await visit.send('PUT', `/api/bills/${id}/attachments/a.pdf`, file)).status).toBe(200);
    expect((await visit.send('GET', `/api/bills/${id}/pdf`)).status).toBe(403);
    const act = await visit.send('POST', `/api/bills/${id}/actions`, { action: 'delete' }, newKey());
    expect(act).toMatchObject({ status: 200, body: { document: { status: 'DELETED' } } });
  });

  test('with all rights, the hidden data is there', () => {
    const view = texts.get('every right, contact, GET /api/view /api/view') ?? '';
    for (const mark of ['outstandingBills', 'SEEN-BILL-OPEN', 'SEEN-INVOICE-OPEN']) expect(view).toContain(mark);
    const deal = texts.get('every right, deal, GET /api/view /api/view') ?? '';
    for (const mark of ['SEEN-BILL', 'SEEN-INVOICE', 'SEEN-QUOTE']) expect(deal).toContain(mark);
    const choices = texts.get('every right, deal, GET /api/choices /api/choices') ?? '';
    for (const mark of ['SEEN-INVOICE-LINE', '"purchases":{']) expect(choices).toContain(mark);
    const cells = counts.allowed + counts.forbidden + counts.not_found + counts.no_entry;
    console.log(
      `rights: ${cells} cells (${JSON.stringify(counts)}), ${rightsTable.length} rows, ${cells + counts.foreign} requests`,
    );
    expect(cells).toBe(rightsTable.length * holders.length * recordTypes.length);
  });
});
