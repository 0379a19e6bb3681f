import { z } from 'zod';
import { validationException } from '../errors.ts';
import { mergeContact, saveContact } from '../records/contact-book.ts';
import { type ContactDraft, contactDraftSchema, contactProblems } from '../records/contact-draft.ts';
import { addCredit, addInvoice, addQuote } from '../records/document-book.ts';
import { changeInvoice, changeQuote } from '../records/document-change.ts';
import {
  creditDraftSchema,
  invoiceChangeSchema,
  invoiceDraftSchema,
  quoteChangeSchema,
  quoteDraftSchema,
} from '../records/document-draft.ts';
import { tellHistory } from '../records/history.ts';
import type { Organisation } from '../records/organisation.ts';
import type { Contact } from '../records/types.ts';
import type { Sandbox } from '../state.ts';
import { withEvents } from '../webhooks/with-events.ts';
import { type Act, found } from './act.ts';
import { paymentActs } from './payment-acts.ts';
import { settingsActs } from './settings-acts.ts';

const tenant = z.object({ tenantId: z.string() });
const mergeSchema = z.object({ mergeInto: z.string().optional() });

/** Actions of a person in Xero's own screens. Each updates UpdatedDateUTC, as in Xero. */
export const personActs: Record<string, Act> = {
  'add-contact': (organisation, body, now) => keepContact(organisation, contactDraftSchema.parse(body), undefined, now),
  'update-contact': (organisation, body, now) => updateContact(organisation, body, now),
  'add-invoice': (organisation, body, now) => {
    const invoice = addInvoice(organisation, invoiceDraftSchema.parse(body), now);
    return told(organisation, invoice.InvoiceID, 'Created', invoice);
  },
  'update-invoice': (organisation, body, now) => {
    const invoice = found(changeInvoice(organisation, invoiceChangeSchema.parse(body), now));
    return told(organisation, invoice.InvoiceID, 'Edited', invoice);
  },
  'add-quote': (organisation, body, now) => {
    const quote = addQuote(organisation, quoteDraftSchema.parse(body), now);
    return told(organisation, quote.QuoteID, 'Created', quote);
  },
  'update-quote': (organisation, body, now) => {
    const quote = found(changeQuote(organisation, quoteChangeSchema.parse(body), now));
    return told(organisation, quote.QuoteID, 'Edited', quote);
  },
  'add-credit-note': (organisation, body, now) => addCredit(organisation, creditDraftSchema.parse(body), now),
  ...paymentActs,
  ...settingsActs,
};

/** Adds who did what to the document's history and returns the document. */
function told<Document extends { updatedAt: number; Status: string }>(
  organisation: Organisation,
  id: string,
  Changes: 'Created' | 'Edited',
  document: Document,
): Document {
  const Details = `Status ${document.Status}, in Xero`;
  tellHistory(organisation.books(), id, { Changes, Details, User: person, at: document.updatedAt });
  return document;
}

/** The person who uses the screens of every organisation. */
const person = 'Imogen Hart';

export function runPersonAct(sandbox: Sandbox, act: Act, body: unknown): unknown {
  const { tenantId } = tenant.parse(body);
  const organisation = found(sandbox.state.organisations.find((one) => one.tenantId === tenantId));
  return withEvents(sandbox, organisation, () => act(organisation, body, sandbox.clock.now()));
}

const updateContact: Act = (organisation, body, now) => {
  const { contacts } = organisation.books();
  const draft = contactDraftSchema.parse(body);
  const contact = found(contacts.get(draft.ContactID ?? ''));
  const { mergeInto } = mergeSchema.parse(body);
  if (mergeInto === undefined) return keepContact(organisation, draft, contact, now);
  mergeContact(organisation.books(), contact, found(contacts.get(mergeInto)), now);
  return contact;
};

function keepContact(organisation: Organisation, draft: ContactDraft, known: Contact | undefined, now: number) {
  const problems = contactProblems(organisation.books(), draft, known);
  if (problems.length > 0) throw validationException(problems.map((Message) => ({ Message })));
  return saveContact(organisation.books(), draft, known, now);
}
