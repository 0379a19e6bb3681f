import type { Product } from '../crm.ts';
import { locale } from './format.ts';
import type { Theme } from './page.ts';
import { h, type Tree } from './tree.ts';

export type WidgetRecord = { type: string; id?: string };

/** Everything that embeds the widget in a page: this element, and the loader's script in the head. */
export function widgetElement(
  { productUrl, workspace }: Product,
  { record, view, theme }: { record: WidgetRecord; view: 'detail' | 'quick' | 'settings' | 'sync'; theme: Theme },
): Tree {
  return h('ledgerside-widget', {
    server: productUrl,
    workspace: workspace.id,
    'record-type': record.type,
    'record-id': record.id,
    view,
    theme,
    locale,
    'token-url': '/ledgerside-token',
  });
}

export function widgetPanel(
  product: Product,
  { record, view, theme }: { record: WidgetRecord; view: 'detail' | 'quick'; theme: Theme },
): Tree {
  return h(
    'aside',
    { class: `side ${view}`, 'aria-label': 'Apps' },
    h('div', {
      class: 'side-handle',
      role: 'separator',
      tabindex: '0',
      'aria-orientation': 'vertical',
      'aria-label': 'Width of the side panel',
    }),
    h(
      'section',
      { class: 'panel' },
      h('h2', {}, 'Xero', h('span', { class: 'panel-state', role: 'img', 'aria-label': 'Loading' })),
      widgetElement(product, { record, view, theme }),
    ),
  );
}

/** A list shows its quick view here. The script sets the name and the record. */
export function quickCard(product: Product): Tree {
  return h(
    'aside',
    {
      id: 'quick-card',
      hidden: true,
      'aria-label': 'Quick view',
      'data-server': product.productUrl,
      'data-workspace': product.workspace.id,
      'data-locale': locale,
    },
    h(
      'header',
      {},
      h('span', { class: 'quick-title' }, h('b', {}), h('a', {}, 'Open record')),
      h('button', { class: 'icon-button', type: 'button', 'aria-label': 'Close' }, '×'),
    ),
    h('div', { class: 'quick-widget' }),
  );
}
