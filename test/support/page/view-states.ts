import type { FrameLocator } from 'playwright-core';
import { listDocumentsRoute } from '#shared/contract/documents.ts';
import { adminId } from '../people/admin.ts';
import { arrangeRich, choose, writeRich } from '../people/rich-story.ts';
import type { World } from '../world/world.ts';
import { press } from './press.ts';

type Record = { type: 'contact' | 'company' | 'deal'; id: string };
type Story = {
  name: string;
  contact: string;
  company: string;
  deal: string;
  write?(world: World): Promise<unknown>;
  arrange(world: World): Promise<unknown>;
};

function link(world: World, contact: string, company: string, name: string) {
  return Promise.all([
    world.admin.link({ type: 'contact', id: contact }, name),
    world.admin.link({ type: 'company', id: company }, name),
  ]);
}

/** Adds a Xero contact without any documents. */
async function addNew({ xero: { control } }: World, name: string) {
  const tenantId = (await control.seedInfo()).organisations[0]?.tenantId ?? '';
  const { ContactID } = await control.addContact({ tenantId, Name: name });
  return { tenantId, Contact: { ContactID } };
}

async function arrangeZero(world: World) {
  await addNew(world, 'Nothing Yet Pty Ltd');
  await link(world, '1006', '503', 'Nothing Yet Pty Ltd');
}

async function arrangeOne(world: World) {
  const place = await addNew(world, 'One Invoice Pty Ltd');
  const { InvoiceID } = await world.xero.control.addInvoice({
    ...{ ...place, Type: 'ACCREC', Status: 'AUTHORISED', Total: 240, InvoiceNumber: 'INV-1' },
  });
  await link(world, '1006', '503', 'One Invoice Pty Ltd');
  await choose(world, '9004', [{ kind: 'invoice', id: InvoiceID }]);
}

/** Uses the organisation in which one contact has 5,000 invoices. */
async function arrangeMany(world: World) {
  const { fiveThousand } = await world.xero.control.seedInfo();
  await world.admin.disconnect();
  await world.admin.connect({ organisations: [fiveThousand.tenantId] });
  await link(world, '1011', '504', 'Five Thousand Pty Ltd');
  const visit = await world.visit({ userId: adminId, recordType: 'deal', recordId: '9005' });
  const { documents } = await visit.call(listDocumentsRoute, { query: { kind: 'invoice' } });
  await choose(
    world,
    '9005',
    documents.map(({ id }) => ({ kind: 'invoice', id })),
  );
}

const rich: Story = {
  name: 'rich',
  contact: '1008',
  company: '512',
  deal: '9009',
  write: writeRich,
  arrange: arrangeRich,
};
const stories: readonly Story[] = [
  rich,
  { name: 'one', contact: '1006', company: '503', deal: '9004', arrange: arrangeOne },
  { name: 'zero', contact: '1006', company: '503', deal: '9004', arrange: arrangeZero },
  { name: 'many', contact: '1011', company: '504', deal: '9005', arrange: arrangeMany },
];

const paths = { contact: '/contacts/', company: '/companies/', deal: '/deals/' };
const types = ['contact', 'company', 'deal'] as const;

function stateOf(story: Story, type: Record['type'], panel = '') {
  return {
    path: `${paths[type]}${story[type]}${panel}`,
    user: adminId,
    arrange: story.arrange,
    ...(story.write && { write: story.write }),
    // All rules are checked on the hardest of each kind. The others are only pictured.
    isAlike: story.name !== 'rich' || type === 'company' || panel !== '',
  };
}

/** The last text of the view; credit comes last, if there is any. */
function shownIn({ name }: Story, type: Record['type']) {
  if (type === 'deal') return /Quoted/;
  return name === 'rich' ? /unused credit/ : /They owe you/;
}

async function openDetails(widget: FrameLocator) {
  await press(widget.getByRole('button', { name: 'View Details' }));
  await widget.getByRole('tablist').waitFor();
}
function openMembers(widget: FrameLocator) {
  return press(widget.getByText(/ → /));
}

/** Every view of every story, to be looked at from 250 to 860 px. */
export const viewStates = [
  ...stories.flatMap((story) => [
    ...types.flatMap((type) => [
      { ...stateOf(story, type), name: `view-${type}-${story.name}`, shows: shownIn(story, type) },
      { ...stateOf(story, type, '?panel=quick'), name: `view-quick-${type}-${story.name}`, shows: /^Invoices$|Quoted/ },
    ]),
    {
      ...{ ...stateOf(story, 'company'), name: `view-details-${story.name}`, act: openDetails },
      shows: /^Number$|No open|INV-|LIGHTHOUSE/,
    },
  ]),
  {
    ...{ ...stateOf(rich, 'company'), name: 'view-members-rich', isAlike: false, act: openMembers },
    shows: /Each Xero contact is counted once/,
  },
  {
    ...{ ...stateOf(rich, 'deal'), name: 'view-details-deal-rich', isAlike: true, act: openDetails },
    shows: 'Suggested',
  },
  {
    // Five rows of the longest texts, because checking a whole page would take half a minute.
    ...{ ...stateOf(rich, 'contact'), name: 'view-details-found-rich' },
    act: async (widget: FrameLocator) => {
      await openDetails(widget);
      await widget.getByRole('searchbox').fill('a-usd');
      await widget.getByRole('button', { name: 'A-AUD-0' }).waitFor({ state: 'detached' });
    },
    shows: 'LIGHTHOUSE-MAINTENANCE-2026-A-USD-1',
  },
  {
    ...{ ...stateOf(rich, 'contact'), name: 'view-opened-rich' },
    act: async (widget: FrameLocator) => {
      await openDetails(widget);
      await press(widget.getByRole('button', { name: 'LIGHTHOUSE-MAINTENANCE-2026-A-USD-1' }));
    },
    shows: 'Payments',
  },
];
