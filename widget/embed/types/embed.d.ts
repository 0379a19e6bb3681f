/**
 * Typings of `<ledgerside-widget>`, the element that `/embed.js` of the same server defines. Save this file beside your
 * sources. `/embed.react.d.ts`, `/embed.preact.d.ts` and `/embed.vue.d.ts` add the element to a framework.
 */

/** The record that a token is asked for. In settings and in sync `recordId` is empty. */
export interface LedgersideRecord {
  recordType:
    | 'contact'
    | 'company'
    | 'deal'
    | 'settings'
    | 'expense'
    | 'invoice'
    | 'payment'
    | 'purchase-order'
    | 'supplier-credit'
    | 'item'
    | 'customer'
    | 'supplier'
    | 'sync';
  recordId: string;
}

/** Answers a record token for the person who is signed in, as text of the form `x.y.z`. It is called for each token. */
export type LedgersideGetToken = (record: LedgersideRecord) => string | Promise<string>;

/** The element's attributes. */
export interface LedgersideAttributes {
  /** The server's origin. Default: the page's own. */
  server?: string;
  /** The workspace's id. */
  workspace: string;
  'record-type'?: LedgersideRecord['recordType'];
  'record-id'?: string | number;
  /** Default: `detail`. */
  view?: 'detail' | 'quick' | 'settings' | 'sync';
  /** Default: `auto`, which follows the page. */
  theme?: 'light' | 'dark' | 'auto';
  /** For numbers and dates, such as `de-DE`. Default: the browser's. */
  locale?: string;
  /** Where to ask for record tokens, unless `getToken` is set: `GET {token-url}?recordType=&recordId=`. */
  'token-url'?: string;
}

/** Events of the widget, without names or amounts. They bubble. */
export interface LedgersideEvents {
  /** Sent once for each record, with its first content. */
  'ledgerside:ready': CustomEvent<Record<string, never>>;
  'ledgerside:linked': CustomEvent<Record<string, never>>;
  'ledgerside:unlinked': CustomEvent<Record<string, never>>;
  /** A document was made in Xero. */
  'ledgerside:created': CustomEvent<{ kind: string; id: string; number: string | null; url: string }>;
  'ledgerside:error': CustomEvent<{ code: string; requestId: string | null }>;
}

export interface LedgersideWidgetElement extends HTMLElement {
  /** Goes before `token-url`. It may be set before or after the element is defined or added to the page. */
  getToken: LedgersideGetToken | undefined;
}

declare global {
  interface HTMLElementTagNameMap {
    'ledgerside-widget': LedgersideWidgetElement;
  }
  interface HTMLElementEventMap extends LedgersideEvents {}
  interface DocumentEventMap extends LedgersideEvents {}
  interface WindowEventMap extends LedgersideEvents {}
}
