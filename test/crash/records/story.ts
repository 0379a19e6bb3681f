import type { PutKind } from '#shared/contract/sync/kinds.ts';
import { fuel, invoiceOf } from '#test/support/people/sync-desk.ts';

/** What becomes of a record in the end. `voided`: it is in Xero no more, or never was. */
type End = 'synced' | 'voided' | 'problem' | 'question';

/** A record that the CRM hands over, and how it must end. `deletedAs`: the version that deletes it. */
export type Told = { kind: PutKind; crmId: string; version: number; data: object; deletedAs?: number; end: End };

/**
 * Records of one round. `edits` are newer versions of some of them. `parties`: names of suppliers without a record of
 * their own.
 */
export type Story = { prefix: string; first: Told[]; edits: Told[]; parties: string[] };

const line = { description: 'Timber', quantity: '1', unitAmount: '100.00', category: 'Fuel' };
const receipt = { name: 'receipt.pdf', base64: Buffer.from('%PDF-1.4 a receipt').toString('base64') };
const posted = { date: '2026-11-01', currency: 'AUD', lineAmountTypes: 'exclusive', lines: [line], total: '110.00' };

/** Names of Xero contacts may not be near each other, so each is a word of its own. */
function newWord(random: () => number): string {
  return Array.from({ length: 10 }, () => String.fromCharCode(97 + Math.floor(random() * 26))).join('');
}

export function buildStory(prefix: string, random: () => number): Story {
  const word = () => `${newWord(random)} ${newWord(random)}`;
  const parties = [word(), word()];
  const add = (kind: PutKind, name: string, data: object, end: End = 'synced'): Told => ({
    ...{ kind, crmId: `${prefix}${name}`, version: 1, data, end },
  });
  const id = (name: string) => ({ crmId: `${prefix}${name}` });
  const all = [
    add('customers', 'c', { name: word(), email: `${newWord(random)}@crash.example` }),
    add('suppliers', 's', { name: word() }),
    add('items', 'i', { code: `${prefix}i`, name: `${prefix}i`, sales: { unitAmount: '50.00', category: 'Sales' } }),
    ...buildExpenses({ add, id, parties, random }),
    ...buildDocuments({ add, id, prefix }),
    ...buildPayments({ add, prefix }),
  ];
  const isSent = () => random() < 0.7;
  const first = withoutOrphans(
    all.filter(({ kind }) => ['customers', 'suppliers', 'items', 'expenses'].includes(kind) || isSent()),
  );
  return { prefix, first, edits: buildEdits(first, random), parties };
}

type Adding = {
  add(kind: PutKind, name: string, data: object, end?: End): Told;
  id(name: string): { crmId: string };
};

function buildExpenses({ add, id, parties, random }: Adding & { parties: readonly string[]; random: () => number }) {
  const supplierOf = (place: number) => (place % 3 === 0 ? id('s') : { name: parties[place % 2] });
  const plain = Array.from({ length: 3 + Math.floor(random() * 5) }, (_, place) => {
    const amount = (1 + Math.floor(random() * 100_000) / 100).toFixed(2);
    const data = { ...fuel, amount, reference: id(`e${place}`).crmId, supplier: supplierOf(place) };
    return add('expenses', `e${place}`, place === 1 ? { ...data, receipt } : data);
  });
  const paid = { ...fuel, amount: '86.40', reference: id('paid').crmId, supplier: id('s') };
  const unmapped = { ...fuel, category: 'Nobody mapped this', reference: id('no').crmId };
  return [...plain, add('expenses', 'paid', paid), add('expenses', 'no', unmapped, 'problem')];
}

function buildDocuments({ add, id, prefix }: Adding & { prefix: string }): Told[] {
  const withItem = { description: 'Work', quantity: '2', unitAmount: '50.00', item: id('i'), category: 'Sales' };
  const bill = { number: `${prefix}o-bill`, date: '2026-11-20', dueDate: '2026-12-20' };
  const applied = [{ bill: { kind: 'expenses', crmId: `${prefix}paid` }, amount: '11.00', date: '2026-11-20' }];
  return [
    add('invoices', 'v0', invoiceOf(`${prefix}v0`, `${prefix}c`)),
    add('invoices', 'v1', { ...invoiceOf(`${prefix}v1`, `${prefix}c`), lines: [withItem] }),
    add('purchase-orders', 'o', { ...posted, number: `${prefix}o`, supplier: id('s'), status: 'finished', bill }),
    add('supplier-credits', 'k', { ...posted, number: `${prefix}k`, supplier: id('s'), applied }),
  ];
}

function buildPayments({ add, prefix }: Pick<Adding, 'add'> & { prefix: string }): Told[] {
  const paid = { date: '2026-11-30', currency: 'AUD', method: 'bank' };
  const pay = (name: string, amount: string, of: object, end?: End) =>
    add('payments', name, { ...paid, amount, reference: `${prefix}${name}`, ...of }, end);
  const invoice = (name: string) => ({ invoice: { kind: 'invoices', crmId: `${prefix}${name}` } });
  const bill = (kind: string, name: string) => ({ bill: { kind, crmId: `${prefix}${name}` } });
  return [
    pay('p0', '10.00', invoice('v0')),
    pay('p1', '20.50', invoice('v0')),
    pay('p2', '40.00', bill('expenses', 'paid')),
    pay('p3', '30.00', bill('purchase-orders', 'o')),
    pay('p4', '900.00', invoice('v1'), 'question'),
  ];
}

/** A payment of a document that is left out of the round would wait for it. */
function withoutOrphans(told: readonly Told[]): Told[] {
  const known = new Set(told.map(({ kind, crmId }) => `${kind}/${crmId}`));
  return told.filter(({ data }) => {
    const needs = [Reflect.get(data, 'invoice'), Reflect.get(data, 'bill')].filter((one) => 'kind' in Object(one));
    return needs.every(({ kind, crmId }) => known.has(`${kind}/${crmId}`));
  });
}

/** Some records change or are deleted while they are sent. What others need stays. */
function buildEdits(first: readonly Told[], random: () => number): Told[] {
  return first.flatMap((told): Told[] => {
    const chance = random();
    const next = { ...told, version: 2 };
    if (/e\d$/.test(told.crmId)) {
      if (chance < 0.2) return [{ ...next, data: { ...told.data, amount: '123.45' } }];
      return chance < 0.35 ? [{ ...next, deletedAs: 2, end: 'voided' }] : [];
    }
    if (/p[12]$/.test(told.crmId)) {
      if (chance < 0.25) return [{ ...next, data: { ...told.data, amount: '12.50' } }];
      return chance < 0.4 ? [{ ...next, deletedAs: 2, end: 'voided' }] : [];
    }
    if (told.kind === 'customers' && chance < 0.5) return [{ ...next, data: { ...told.data, phone: '555-0100' } }];
    return [];
  });
}
