import type { ConnectReason } from '#shared/contract/settings.ts';
import { type ConnectWords, connectWords } from '#shared/words/connect-words.ts';
import { html } from './html.ts';

export const pageWords = { product: 'Ledgerside', brand: html`Ledgerside <span>for Xero</span>` };

/** The page that asks an admin before Xero is asked. */
export const connectPageWords = {
  title: (workspace: string) => `Connect Xero to ${workspace}`,
  asked: (user: string) =>
    html`Asked by <b>${user}</b>. Next, Xero asks you to choose one organisation and to allow this:`,
  scopes: [
    'read contacts, quotes, invoices, bills and payments',
    'add contacts, quotes, draft invoices and bills for people you give access to',
    'read accounts, tax rates and the organisation’s settings',
  ],
  /** With sync. */
  syncScopes: [
    'send the CRM’s own expenses, invoices, payments, purchase orders, items, customers and suppliers to Xero',
    'add items, accounts, tax rates and tracking options that the CRM sends',
  ],
  confirm: 'Continue to Xero',
  unasked: 'If you did not ask for this, close this page. Nothing has been connected.',
};

/** The page after a consent that did not connect. */
export const connectEndWords = {
  where: 'Go back to the CRM’s Xero settings.',
  back: 'Back to the CRM',
};

/** What happened, more about it, and what to do. */
export function endWords(reason: ConnectReason | 'ticket_invalid'): ConnectWords {
  if (reason !== 'ticket_invalid') return connectWords[reason];
  return {
    title: 'This link is no longer valid',
    text: 'A connect link works once and for one minute.',
    todo: 'There, press Connect to Xero again.',
  };
}

export const unknownWorkspaceWords = {
  title: 'Unknown workspace',
  text: 'The page that embeds this widget names a workspace that does not exist on this server.',
  todo: html`Check the <b>workspace</b> attribute of the element and the workspaces set up on this server.`,
};
