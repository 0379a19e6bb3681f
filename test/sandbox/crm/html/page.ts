import type { KindName } from '../books/kinds/kind.ts';
import type { Product } from '../crm.ts';
import type { User } from '../example/crm-data.ts';
import { locale } from './format.ts';
import { type IconName, icon } from './icon.ts';
import { avatar } from './parts.ts';
import { h, renderHtml, type Tree } from './tree.ts';

export const themes = ['light', 'dark', 'auto'] as const;
export type Theme = (typeof themes)[number];

/** The signed-in user, the address and the theme. */
export type Visit = { user: User; users: readonly User[]; theme: Theme; path: string };

export type Section = 'start' | 'contacts' | 'companies' | 'deals' | KindName | 'sync' | 'setup';

/** `side` is the right column. `overlay` floats above the page. A page with `refreshSeconds` loads itself anew. */
export type Page = {
  title: string;
  section: Section;
  content: Tree;
  side?: Tree;
  overlay?: Tree;
  refreshSeconds?: number;
};

const styleSheets = [
  'theme.css',
  'frame.css',
  'list.css',
  'record.css',
  'narrow-record.css',
  'books.css',
  'book-form.css',
  'steps.css',
  'overlay.css',
];

const sections: readonly { section: Section; name: string; href: string; icon: IconName }[] = [
  { section: 'start', name: 'Start here', href: '/', icon: 'task' },
  { section: 'contacts', name: 'Contacts', href: '/contacts', icon: 'contacts' },
  { section: 'companies', name: 'Companies', href: '/companies', icon: 'companies' },
  { section: 'deals', name: 'Deals', href: '/deals', icon: 'deals' },
  { section: 'expenses', name: 'Expenses', href: '/expenses', icon: 'expenses' },
  { section: 'invoices', name: 'Invoices', href: '/invoices', icon: 'invoices' },
  { section: 'payments', name: 'Payments', href: '/payments', icon: 'payments' },
  { section: 'items', name: 'Items', href: '/items', icon: 'items' },
  { section: 'customers', name: 'Customers', href: '/customers', icon: 'customers' },
  { section: 'suppliers', name: 'Suppliers', href: '/suppliers', icon: 'suppliers' },
  { section: 'purchase-orders', name: 'Purchase orders', href: '/purchase-orders', icon: 'orders' },
  { section: 'supplier-credits', name: 'Supplier credits', href: '/supplier-credits', icon: 'credits' },
  { section: 'sync', name: 'Xero sync', href: '/setup/apps/xero/sync', icon: 'sync' },
  { section: 'setup', name: 'Setup', href: '/setup/apps', icon: 'setup' },
];

export function renderPage(product: Product, visit: Visit, page: Page): string {
  return `<!doctype html>${renderHtml(
    h('html', { lang: locale, 'data-theme': visit.theme }, head(product, page), body(visit, page)),
  )}`;
}

function head({ productUrl }: Product, { title, refreshSeconds }: Page): Tree {
  return h(
    'head',
    {},
    h('meta', { charset: 'utf-8' }),
    h('meta', { name: 'viewport', content: 'width=device-width, initial-scale=1' }),
    refreshSeconds === undefined ? undefined : h('meta', { 'http-equiv': 'refresh', content: String(refreshSeconds) }),
    h('title', {}, `${title} · Fieldnote`),
    h('link', { rel: 'icon', href: '/assets/icon.svg' }),
    styleSheets.map((file) => h('link', { rel: 'stylesheet', href: `/assets/${file}` })),
    h('script', { type: 'module', src: '/assets/app.js' }),
    // After app.js, so that no event of the element comes before its listeners.
    h('script', { src: `${productUrl}/embed.js`, defer: true }),
  );
}

function body(visit: Visit, page: Page): Tree {
  return h(
    'body',
    { class: page.side ? 'with-side' : undefined },
    h('a', { class: 'skip', href: '#main' }, 'Skip to content'),
    navigation(page.section),
    topBar(visit, page),
    h('main', { id: 'main' }, page.content),
    page.side,
    userMenu(visit),
    page.overlay,
  );
}

function navigation(current: Section): Tree {
  return h(
    'nav',
    { class: 'nav', 'aria-label': 'Main' },
    h('a', { class: 'brand', href: '/' }, h('span', { class: 'brand-mark' }, 'F'), h('b', {}, 'Fieldnote')),
    sections.map(({ section, name, href, icon: iconName }) =>
      h(
        'a',
        { class: 'nav-link', href, title: name, 'aria-current': section === current ? 'true' : undefined },
        icon(iconName),
        h('span', {}, name),
      ),
    ),
  );
}

function topBar({ user }: Visit, { section }: Page): Tree {
  const searched = section === 'setup' || section === 'sync' || section === 'start' ? 'contacts' : section;
  return h(
    'header',
    { class: 'top' },
    h(
      'form',
      { class: 'search', action: `/${searched}`, role: 'search' },
      icon('search'),
      h('input', {
        type: 'search',
        name: 'q',
        'aria-label': `Search ${searched.replace('-', ' ')}`,
        placeholder: `Search ${searched.replace('-', ' ')}`,
        autocomplete: 'off',
      }),
    ),
    h('div', { id: 'toasts', role: 'status' }),
    h('button', { class: 'icon-button', id: 'theme-switch', type: 'button', title: 'Light or dark' }, icon('theme')),
    h(
      'button',
      { class: 'user-button', type: 'button', popovertarget: 'user-menu', 'aria-label': `Signed in as ${user.name}` },
      avatar(user.name, 'person'),
      h('span', {}, h('b', {}, user.name), h('small', {}, user.role)),
      icon('down'),
    ),
  );
}

function userMenu({ user, users, path }: Visit): Tree {
  return h(
    'form',
    { id: 'user-menu', popover: 'auto', class: 'menu', method: 'post', action: '/session' },
    h('p', {}, 'Signed in as'),
    h('input', { type: 'hidden', name: 'returnTo', value: path }),
    users.map(({ id, name, role }) =>
      h(
        'button',
        { name: 'userId', value: id, 'aria-current': id === user.id ? 'true' : undefined },
        avatar(name, 'person'),
        h('span', {}, h('b', {}, name), h('small', {}, role)),
        id === user.id ? icon('check') : undefined,
      ),
    ),
  );
}
