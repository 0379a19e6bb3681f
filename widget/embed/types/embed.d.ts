/**
 * Typings of `<ledgerside-widget>`, the element that `/embed.js` of the same server defines. Save this file beside your
 * sources; `/embed.react.d.ts`, `/embed.preact.d.ts` and `/embed.vue.d.ts` add the element to a framework.
 */

/** The record that a token is asked for. In settings `recordId` is empty. */
export interface LedgersideRecord {
  recordType: 'contact' | 'company' | 'deal' | 'settings';
  recordId: string;
}

/** Answers a record token for the person who is signed in, as text of the form `x.y.z`. Asked for each use anew. */
export type LedgersideGetToken = (record: LedgersideRecord) => string | Promise<string>;

/** The element's attributes. */
export interface LedgersideAttributes {
  /** The server's origin; the page's own when absent. */
  server?: string;
  /** The workspace's id. */
  workspace: string;
  'record-type'?: LedgersideRecord['recordType'];
  'record-id'?: string | number;
  /** `detail` when absent. */
  view?: 'detail' | 'quick' | 'settings';
  /** `auto`, which follows the page, when absent. */
  theme?: 'light' | 'dark' | 'auto';
  /** For numbers and dates, such as `de-DE`; the browser's when absent. */
  locale?: string;
  /** Where to ask for record tokens, unless `getToken` is set: `GET {token-url}?recordType=&recordId=`. */
  'token-url'?: string;
}

/** What happened inside, without names or amounts. The events bubble. */
export interface LedgersideEvents {
  /** Once for each record, with its first content. */
  'ledgerside:ready': CustomEvent<Record<string, never>>;
  'ledgerside:linked': CustomEvent<Record<string, never>>;
  'ledgerside:unlinked': CustomEvent<Record<string, never>>;
  /** A document was made in Xero. */
  'ledgerside:created': CustomEvent<{ kind: string; id: string; number: string | null; url: string }>;
  'ledgerside:error': CustomEvent<{ code: string; requestId: string | null }>;
}

export interface LedgersideWidgetElement extends HTMLElement {
  /** Stands before `token-url`. May be set before or after the element is defined or put into the page. */
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
