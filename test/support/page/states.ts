import type { FrameLocator } from 'playwright-core';
import { adminId } from '../people/admin.ts';
import type { World } from '../world/world.ts';
import { formStates } from './form-states.ts';
import { press } from './press.ts';
import { unreadableStates } from './unreadable-states.ts';
import { viewStates } from './view-states.ts';

type Fault = Parameters<World['xero']['control']['fault']>[0];

/** A screen of the widget that a person can see, and how to reach it. */
export type State = {
  name: string;
  path: string;
  user: string;
  /** What to write into Xero before the first view. */
  write?: (world: World) => Promise<unknown>;
  /** What to do before the page is opened. */
  arrange?: (world: World) => Promise<unknown>;
  /** What to do in the widget once it is open. */
  act?: (widget: FrameLocator, world: World) => Promise<unknown>;
  /** What is visible when the screen is ready. */
  shows: string | RegExp;
  /** Nearly the same screen as another one: worth a picture, but not all checks again. */
  isAlike?: boolean;
  /** Expected console messages on the way there. */
  problems?: readonly RegExp[];
};

const nora = { type: 'contact', id: '1001' } as const;
const contact = { path: '/contacts/1001', user: 'ben' };
const settings = { path: '/setup/apps/xero', user: adminId };

function linkNora({ admin }: World) {
  return admin.link(nora, 'Harbour Lights Pty Ltd');
}
function openDetails(widget: FrameLocator) {
  return press(widget.getByRole('button', { name: 'View Details' }));
}
function refresh(widget: FrameLocator) {
  return press(widget.getByRole('button', { name: 'Refresh' }));
}

/** Loads figures, then lets every further call fail. */
function failing(name: string, fault: Fault, shows: string, isAlike = false): State {
  return {
    ...contact,
    isAlike,
    name: `failure-${name}`,
    arrange: linkNora,
    act: async (widget, { xero }) => {
      await widget.getByText('They owe you').waitFor();
      await xero.control.fault({ ...fault, times: Number.POSITIVE_INFINITY, path: '/api\\.xro/' });
      await refresh(widget);
    },
    shows,
  };
}

const click = 'Error fetching details, click Retry';
const failures: readonly State[] = [
  failing('400', { kind: 'status', status: 400 }, click),
  failing('401', { kind: 'status', status: 401 }, click, true),
  failing('403', { kind: 'status', status: 403 }, click, true),
  failing('404', { kind: 'status', status: 404 }, click, true),
  failing('429-minute', { kind: 'status', status: 429, retryAfterSeconds: 45 }, 'Xero asked us to wait'),
  failing(
    '429-day',
    { kind: 'status', status: 429, problem: 'day', retryAfterSeconds: 30_000 },
    'Today’s calls to Xero are used up',
  ),
  failing('500', { kind: 'status', status: 500 }, click),
  failing('503', { kind: 'status', status: 503 }, click, true),
  failing('hang', { kind: 'hang' }, click, true),
  failing('drop', { kind: 'drop' }, click, true),
  failing('html', { kind: 'html' }, click, true),
  failing('truncate', { kind: 'truncate' }, click, true),
];

/** Figures, finding, failures and settings. */
export const screenStates: readonly State[] = [
  { ...contact, name: 'unlinked', shows: '2 possible matches in Xero' },
  {
    ...contact,
    name: 'search-nothing',
    act: (widget) => widget.getByRole('combobox').fill('nobody is called this'),
    shows: 'No Records Found',
  },
  {
    ...contact,
    name: 'search-found',
    act: (widget) => widget.getByRole('combobox').fill('ar'),
    shows: /contacts found/,
  },
  {
    ...contact,
    name: 'add-contact',
    act: (widget) => press(widget.getByRole('button', { name: 'Add Contact' }).first()),
    shows: 'Create',
  },
  { ...contact, name: 'unlinked-no-right', user: 'priya', shows: 'Not linked to Xero yet' },
  { ...contact, name: 'linked', arrange: linkNora, shows: 'They owe you' },
  {
    ...contact,
    name: 'linked-menu',
    arrange: linkNora,
    act: (widget) => press(widget.getByRole('button', { name: 'More actions' })),
    shows: 'View in Xero',
  },
  {
    ...contact,
    name: 'unlink-question',
    arrange: linkNora,
    act: async (widget) => {
      await press(widget.getByRole('button', { name: 'More actions' }));
      await press(widget.getByRole('menuitem', { name: 'Unlink…' }));
    },
    shows: 'Unlink from Harbour Lights Pty Ltd?',
  },
  {
    name: 'linked-two-currencies',
    path: '/contacts/1004',
    user: 'ben',
    arrange: ({ admin }) => admin.link({ type: 'contact', id: '1004' }, 'Nordlys Trading AS'),
    shows: 'They owe you',
  },
  {
    name: 'linked-bills-overdue',
    path: '/contacts/1006',
    user: 'ben',
    arrange: ({ admin }) => admin.link({ type: 'contact', id: '1006' }, 'Blue Gum Dental'),
    shows: 'They owe you',
  },
  { ...contact, name: 'quick', path: '/contacts/1001?panel=quick', arrange: linkNora, shows: /^Invoices$/ },
  { ...contact, name: 'company', path: '/companies/501', arrange: linkNora, shows: 'They owe you' },
  {
    ...contact,
    name: 'company-person',
    path: '/companies/501',
    act: async (widget) => {
      await widget.getByText('Based on 1 Xero contact').click();
      await press(widget.getByRole('button', { name: 'Find Jonas Weber in Xero' }));
      await widget.getByRole('list', { name: 'Possible matches' }).waitFor();
      await press(widget.getByRole('button', { name: /^Unlink Harbour Lights from/ }));
    },
    shows: /^Unlink Harbour Lights from/,
  },
  { ...contact, name: 'unlinked-nothing', path: '/contacts/1019', shows: 'No Records Found' },
  { ...contact, name: 'deal', path: '/deals/9001', arrange: linkNora, shows: /Quoted|quoted/ },
  { ...contact, name: 'details', arrange: linkNora, act: openDetails, shows: 'INV-0087' },
  {
    ...contact,
    name: 'details-quotes',
    arrange: linkNora,
    act: async (widget) => {
      await openDetails(widget);
      await press(widget.getByRole('tab', { name: /^Quotes/ }));
    },
    shows: 'QU-0041',
  },
  {
    ...contact,
    name: 'details-opened',
    arrange: linkNora,
    act: async (widget) => {
      await openDetails(widget);
      await press(widget.getByRole('button', { name: 'INV-0093' }));
    },
    shows: 'Payments',
  },
  {
    ...contact,
    name: 'details-void-question',
    arrange: linkNora,
    user: adminId,
    act: async (widget) => {
      await openDetails(widget);
      await press(widget.getByRole('button', { name: 'INV-0087' }));
      await press(widget.getByRole('button', { name: 'Void…' }));
    },
    shows: 'Void Invoice INV-0087?',
  },
  { ...contact, name: 'details-deal', path: '/deals/9001', arrange: linkNora, act: openDetails, shows: 'Suggested' },
  { ...contact, name: 'forbidden', user: 'tom', shows: 'No access to Xero figures' },
  {
    ...contact,
    name: 'not-connected-user',
    arrange: ({ admin }) => admin.disconnect(),
    shows: /ask an admin/i,
  },
  {
    ...contact,
    name: 'not-connected-admin',
    user: adminId,
    arrange: ({ admin }) => admin.disconnect(),
    shows: 'Connect to Xero',
  },
  ...failures,
  ...unreadableStates,
  {
    ...contact,
    name: 'failure-nothing-known',
    arrange: async (world) => {
      await linkNora(world);
      await world.restartProduct();
      await world.xero.control.fault({ kind: 'status', status: 503, times: Number.POSITIVE_INFINITY });
    },
    shows: click,
  },
  { ...settings, name: 'settings', shows: 'Sales account' },
  { ...settings, name: 'settings-not-connected', arrange: ({ admin }) => admin.disconnect(), shows: 'Connect to Xero' },
  {
    ...settings,
    name: 'settings-denied',
    arrange: async ({ admin }) => {
      await admin.disconnect();
      await admin.connect({ deny: true });
    },
    shows: 'Couldn’t connect to Xero',
  },
  {
    ...settings,
    name: 'settings-reconnect-needed',
    arrange: async (world) => {
      await linkNora(world);
      await world.xero.control.disconnect();
      const visit = await world.visit({ userId: adminId, recordType: 'contact', recordId: '1001' });
      await visit.send('GET', '/api/view?fresh=true');
    },
    shows: 'Reconnect needed',
  },
  {
    ...contact,
    name: 'reconnect-user',
    arrange: async (world) => {
      await linkNora(world);
      await world.visit({ userId: adminId, recordType: 'contact', recordId: '1001' });
      await world.xero.control.disconnect();
      const visit = await world.visit({ userId: adminId, recordType: 'contact', recordId: '1001' });
      await visit.send('GET', '/api/view?fresh=true');
    },
    shows: 'Xero needs to be connected again',
  },
  {
    ...contact,
    user: adminId,
    name: 'reconnect-admin',
    arrange: async (world) => {
      await linkNora(world);
      await world.xero.control.disconnect();
      const visit = await world.visit({ userId: adminId, recordType: 'contact', recordId: '1001' });
      await visit.send('GET', '/api/view?fresh=true');
    },
    shows: 'Xero needs to be connected again',
  },
  {
    ...settings,
    name: 'settings-activity',
    arrange: async (world) => {
      await linkNora(world);
      await world.admin.connect({ deny: true });
    },
    act: (widget) => press(widget.getByRole('button', { name: 'Show activity' })),
    shows: /shown$/,
  },
  {
    ...settings,
    name: 'settings-disconnect-question',
    act: (widget) => press(widget.getByRole('button', { name: 'Disconnect…' })),
    shows: /^Disconnect from/,
  },
];

export const states: readonly State[] = [...screenStates, ...formStates, ...viewStates];
