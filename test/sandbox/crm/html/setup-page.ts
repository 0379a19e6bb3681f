import { settingsPath } from '../claims.ts';
import type { Product } from '../crm.ts';
import type { User } from '../example/crm-data.ts';
import type { Page, Visit } from './page.ts';
import { chip, link } from './parts.ts';
import { type Child, h, type Tree } from './tree.ts';
import { widgetElement } from './widget.ts';

const apps: readonly { name: string; letter: string; tone: string; text: string; href?: string }[] = [
  {
    name: 'Ledgerside for Xero',
    letter: 'X',
    tone: 'tone-0',
    text: 'What customers owe and are owed, beside every contact, company and deal. Quotes, draft invoices and bills without leaving the CRM.',
    href: settingsPath,
  },
  {
    name: 'Mailbox',
    letter: 'M',
    tone: 'tone-3',
    text: 'E-mail of the team on each record’s timeline. Part of Fieldnote.',
  },
  { name: 'Calendar', letter: 'C', tone: 'tone-4', text: 'Meetings on each record’s timeline. Part of Fieldnote.' },
];

function setupPage(title: string, ...children: Child[]): Page {
  return {
    title,
    section: 'setup',
    content: h('article', { class: 'setup' }, ...children),
  };
}

export function appsPage(): Page {
  return setupPage(
    'Apps',
    crumbs('Setup', 'Apps'),
    h('h1', {}, 'Apps'),
    h(
      'ul',
      { class: 'apps' },
      apps.map((app) => appCard(app)),
    ),
  );
}

function appCard({ name, letter, tone, text, href }: (typeof apps)[number]): Tree {
  return h(
    'li',
    { class: 'card app' },
    h('span', { class: `avatar company large ${tone}`, 'aria-hidden': 'true' }, letter),
    h('h2', {}, name),
    h('p', {}, text),
    href ? h('a', { class: 'button', href }, 'Settings') : chip('Included', 'good'),
  );
}

export function xeroSettingsPage(product: Product, visit: Visit): Page {
  return setupPage(
    'Xero',
    crumbs('Setup', link('/setup/apps', 'Apps'), 'Xero'),
    h('h1', {}, 'Ledgerside for Xero'),
    adminPanel(product, visit, 'settings'),
  );
}

export function xeroSyncPage(product: Product, visit: Visit): Page {
  const page = setupPage(
    'Xero sync',
    crumbs('Setup', link('/setup/apps', 'Apps'), link(settingsPath, 'Xero'), 'Sync'),
    h('h1', {}, 'Xero sync'),
    adminPanel(product, visit, 'sync'),
  );
  return { ...page, section: 'sync' };
}

function adminPanel(product: Product, { user, users, theme }: Visit, view: 'settings' | 'sync'): Tree {
  if (!user.admin) return h('p', { class: 'card' }, toAdminNote(users));
  return h('section', { class: 'panel' }, widgetElement(product, { record: { type: view }, view, theme }));
}

function toAdminNote(users: readonly User[]): string {
  const names = users.filter(({ admin }) => admin).map(({ name }) => name);
  return `Only admins of the CRM can change how Xero is connected. Ask ${names.join(' or ')}.`;
}

function crumbs(...parts: Child[]): Tree {
  return h(
    'nav',
    { class: 'crumbs', 'aria-label': 'Breadcrumb' },
    h(
      'ol',
      {},
      parts.map((part) => h('li', {}, part)),
    ),
  );
}

export function messagePage(title: string, text: string): Page {
  return {
    title,
    section: 'contacts',
    content: h(
      'article',
      { class: 'setup' },
      h('h1', {}, title),
      h('p', {}, text, ' ', link('/contacts', 'Back to the contacts')),
    ),
  };
}
