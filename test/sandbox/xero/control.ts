import type { z } from 'zod';
import { actControl } from './control/act-control.ts';
import { approve } from './control/approve.ts';
import type { commandSchemas } from './control/commands.ts';
import type { AttachmentInfo, Directory, Documents } from './control/count.ts';
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

/** Everything that a test can do to the sandbox, over HTTP. Rejects with the sandbox's answer. */
export function xeroControl(origin: string) {
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
    /**
     * Resets everything: no faults, the real clock (or `now`), an empty journal, full limits, and no connections unless
     * kept.
     */
    reset: (given: Given<'reset'> = {}) => tell<void>('reset', given),
    /** The next matching calls of API or identity get this fault. `times: Infinity` means every call. */
    fault: (fault: Fault) => tell<void>('fault', fault),
    clearFaults: () => tell<void>('clear-faults'),
    /** Makes Xero forget all idempotency keys. */
    forgetKeys: () => tell<void>('forget-keys'),
    /** Updates the update time of all documents of the organisation, or of one contact, like a bulk edit in Xero. */
    touch: (given: Given<'touch'>) => tell<void>('touch', given),
    clock: (given: Given<'clock'>) => tell<{ now: string }>('clock', given),
    tokens: (given: Given<'tokens'>) => tell<void>('tokens', given),
    /** Disconnects as a person does inside Xero. By default, every organisation. */
    disconnect: (organisation?: string) => tell<void>('disconnect', { organisation }),
    limits: (given: Given<'limits'>) => tell<void>('limits', given),
    /** Lets one consent choose several organisations. */
    consent: (given: Given<'consent'>) => tell<void>('consent', given),
    requests: () => tell<JournalEntry[]>('requests'),
    clearRequests: () => tell<void>('clear-requests'),
    /** The most calls of one organisation in flight at once, and how many calls got a 429 from the limits. */
    peak: () => tell<{ inFlight: number; refused: number }>('peak'),
    /** The files on a document, oldest first. */
    attachments: (documentId: string) => tell<AttachmentInfo[]>('attachments', { documentId }),
    /** The history of a document or contact, newest first. */
    history: (documentId: string) => tell<HistoryEntry[]>('history', { documentId }),
    /** Every e-mail of an invoice that Xero sent, oldest first. */
    emails: () => tell<(Email & { tenantId: string })[]>('emails'),
    /** All documents, including deleted ones, to count duplicates. */
    documents: (given: Given<'documents'>) => tell<Documents>('documents', given),
    directory: (given: Given<'directory'>) => tell<Directory>('directory', given),
    seedInfo: () => tell<SeedInfo>('seed'),
    addContact: (draft: In<ContactDraft>) => tell<Contact>('add-contact', draft),
    updateContact: (change: In<ContactDraft & { ContactID: string; mergeInto?: string }>) =>
      tell<Contact>('update-contact', change),
    addInvoice: (draft: In<InvoiceDraft>) => tell<Invoice>('add-invoice', draft),
    updateInvoice: (change: In<InvoiceChange>) => tell<Invoice>('update-invoice', change),
    addQuote: (draft: In<QuoteDraft>) => tell<Quote>('add-quote', draft),
    updateQuote: (change: In<QuoteChange>) => tell<Quote>('update-quote', change),
    addCreditNote: (draft: In<CreditDraft>) => tell<Credit>('add-credit-note', draft),
    ...actControl(tell),
    approve,
    /** Subscribes the app after Xero's intent-to-receive check. `reason` says why the subscription failed. */
    webhooks: (given: Given<'webhooks'>) => tell<{ reason: string | null }>('webhooks', given),
    /** What happens to the next POST of events. */
    webhookFault: (given: Given<'webhookFault'>) => tell<void>('webhook-fault', given),
    /** Holds events back until `releaseWebhooks`: together in one POST, or one POST each, newest first. */
    holdWebhooks: () => tell<void>('hold-webhooks'),
    releaseWebhooks: (given: Given<'releaseWebhooks'> = {}) => tell<void>('release-webhooks', given),
    /** Sends any body at once, without retries. */
    sendWebhook: (given: Given<'sendWebhook'>) => tell<PostAnswer>('send-webhook', given),
    /** Every POST of events so far. */
    webhookPosts: () => tell<PostedWebhook[]>('webhook-posts'),
  };
}
