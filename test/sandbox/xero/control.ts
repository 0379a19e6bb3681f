import type { z } from 'zod';
import { approve } from './control/approve.ts';
import type { commandSchemas } from './control/commands.ts';
import type { AttachmentInfo, Documents } from './control/count.ts';
import type { SeedInfo } from './control/seed-info.ts';
import type { Fault } from './faults.ts';
import type { JournalEntry } from './journal.ts';
import type { ContactDraft } from './records/contact-draft.ts';
import type { CreditDraft, InvoiceChange, InvoiceDraft, QuoteChange, QuoteDraft } from './records/document-draft.ts';
import type { Contact, Credit, Email, HistoryEntry, Invoice, Quote } from './records/types.ts';
import type { PostedWebhook } from './webhooks/outbox.ts';
import type { PostAnswer } from './webhooks/post.ts';

type Given<Name extends keyof typeof commandSchemas> = z.input<(typeof commandSchemas)[Name]>;
type In<Draft> = Draft & { tenantId: string };

export type XeroControl = ReturnType<typeof xeroControl>;

/** Everything a test does to the sandbox from outside, over HTTP. Rejects with what the sandbox answered. */
export const xeroControl = (origin: string) => {
  const tell = async <Answer>(command: string, body: unknown = {}): Promise<Answer> => {
    const response = await fetch(`${origin}/sandbox/${command}`, {
      method: 'POST',
      headers: { 'content-type': 'application/json' },
      body: JSON.stringify(body),
    });
    if (!response.ok) throw new Error(`sandbox ${command}: ${response.status} ${await response.text()}`);
    return response.json() as Promise<Answer>;
  };
  return {
    /** Fresh state: no faults, real clock unless `now`, empty journal, whole limits, no connections unless kept. */
    reset: (given: Given<'reset'> = {}) => tell<void>('reset', given),
    /** The next calls of API or identity that fit meet this; `times: Infinity` is every one. */
    fault: (fault: Fault) => tell<void>('fault', fault),
    clearFaults: () => tell<void>('clear-faults'),
    /** Xero remembers no idempotency key any more. */
    forgetKeys: () => tell<void>('forget-keys'),
    /** Moves the update time of all documents of the organisation, or of one contact, as a bulk edit in Xero does. */
    touch: (given: Given<'touch'>) => tell<void>('touch', given),
    clock: (given: Given<'clock'>) => tell<{ now: string }>('clock', given),
    tokens: (given: Given<'tokens'>) => tell<void>('tokens', given),
    /** As a person does inside Xero; of every organisation when none is named. */
    disconnect: (organisation?: string) => tell<void>('disconnect', { organisation }),
    limits: (given: Given<'limits'>) => tell<void>('limits', given),
    /** Lets one consent choose several organisations. */
    consent: (given: Given<'consent'>) => tell<void>('consent', given),
    requests: () => tell<JournalEntry[]>('requests'),
    clearRequests: () => tell<void>('clear-requests'),
    /** Most calls of one organisation in flight at once, and how many calls met a 429 of the limits. */
    peak: () => tell<{ inFlight: number; refused: number }>('peak'),
    /** The files on a document, oldest first. */
    attachments: (documentId: string) => tell<AttachmentInfo[]>('attachments', { documentId }),
    /** What the history of a document or contact says, newest first. */
    history: (documentId: string) => tell<HistoryEntry[]>('history', { documentId }),
    /** Every e-mail that Xero sent of an invoice, oldest first. */
    emails: () => tell<(Email & { tenantId: string })[]>('emails'),
    /** What there is, deleted ones too, to count doubles by. */
    documents: (given: Given<'documents'>) => tell<Documents>('documents', given),
    seedInfo: () => tell<SeedInfo>('seed'),
    addContact: (draft: In<ContactDraft>) => tell<Contact>('add-contact', draft),
    updateContact: (change: In<ContactDraft & { ContactID: string; mergeInto?: string }>) =>
      tell<Contact>('update-contact', change),
    addInvoice: (draft: In<InvoiceDraft>) => tell<Invoice>('add-invoice', draft),
    updateInvoice: (change: In<InvoiceChange>) => tell<Invoice>('update-invoice', change),
    addQuote: (draft: In<QuoteDraft>) => tell<Quote>('add-quote', draft),
    updateQuote: (change: In<QuoteChange>) => tell<Quote>('update-quote', change),
    addCreditNote: (draft: In<CreditDraft>) => tell<Credit>('add-credit-note', draft),
    approve,
    /** Subscribes the app after asking for its intent to receive; a reason says why it does not stand. */
    webhooks: (given: Given<'webhooks'>) => tell<{ reason: string | null }>('webhooks', given),
    /** What the next POST of events meets. */
    webhookFault: (given: Given<'webhookFault'>) => tell<void>('webhook-fault', given),
    /** Keeps events back until `releaseWebhooks`: together in one POST, or each in its own, the newest first. */
    holdWebhooks: () => tell<void>('hold-webhooks'),
    releaseWebhooks: (given: Given<'releaseWebhooks'> = {}) => tell<void>('release-webhooks', given),
    /** Any body, posted at once and never again. */
    sendWebhook: (given: Given<'sendWebhook'>) => tell<PostAnswer>('send-webhook', given),
    /** Every POST of events so far. */
    webhookPosts: () => tell<PostedWebhook[]>('webhook-posts'),
  };
};
