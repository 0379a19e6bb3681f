import type { FrameLocator } from 'playwright-core';
import { listDocumentsRoute } from '#shared/contract/documents.ts';
import { adminId } from '../people/admin.ts';
import { choose } from '../people/rich-story.ts';
import type { World } from '../world/world.ts';
import { press } from './press.ts';

const nora = { type: 'contact', id: '1001' } as const;

/**
 * Xero sends these invoices of Harbour Lights without a currency, as if other software had written them. The product
 * restarts, because it would keep what it read before.
 */
export async function spoilInvoices({ xero, restartProduct }: World, numbers: readonly string[]): Promise<void> {
  const rows = numbers.map((InvoiceNumber) => ({ match: { InvoiceNumber }, set: { CurrencyCode: '' } }));
  await xero.control.fault({ kind: 'alter', path: '/Invoices', times: null, alteration: { rows } });
  await restartProduct();
}

function arrange(...numbers: string[]) {
  return async (world: World) => {
    await world.admin.link(nora, 'Harbour Lights Pty Ltd');
    await spoilInvoices(world, numbers);
  };
}

/** Chooses two invoices for the deal, one of which cannot be parsed. */
async function arrangeDeal(world: World) {
  await world.admin.link(nora, 'Harbour Lights Pty Ltd');
  const visit = await world.visit({ userId: adminId, recordType: 'contact', recordId: nora.id });
  const { documents } = await visit.call(listDocumentsRoute, { query: { kind: 'invoice' } });
  const chosen = documents.filter(({ number }) => number === 'INV-0087' || number === 'INV-0094');
  await choose(
    world,
    '9001',
    chosen.map(({ id }) => ({ kind: 'invoice', id })),
  );
  await spoilInvoices(world, ['INV-0087']);
}

const contact = { path: '/contacts/1001', user: 'ben', shows: /could not be read/ };

/** Screens in which unreadable documents are reported beside the figures of all others. */
export const unreadableStates = [
  { ...contact, name: 'unreadable', arrange: arrange('INV-0087') },
  {
    ...contact,
    name: 'unreadable-quick',
    path: '/contacts/1001?panel=quick',
    isAlike: true,
    arrange: arrange('INV-0087'),
  },
  {
    ...contact,
    name: 'unreadable-all',
    isAlike: true,
    arrange: arrange('INV-0087', 'INV-0093', 'INV-0094', 'INV-0095'),
  },
  {
    ...contact,
    name: 'unreadable-company',
    path: '/companies/501',
    isAlike: true,
    arrange: arrange('INV-0087', 'INV-0094'),
  },
  { ...contact, name: 'unreadable-deal', path: '/deals/9001', isAlike: true, arrange: arrangeDeal },
  {
    ...contact,
    name: 'unreadable-details',
    isAlike: true,
    arrange: arrange('INV-0087'),
    act: (widget: FrameLocator) => press(widget.getByRole('button', { name: 'View Details' })),
    shows: 'INV-0094',
  },
];
