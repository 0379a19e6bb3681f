import { badRequest, notFound, type ValidationError, validationException } from '../errors.ts';
import { findContact, saveContact } from '../records/contact-book.ts';
import { type ContactDraft, contactDraftSchema, contactProblems } from '../records/contact-draft.ts';
import { toElements } from './body.ts';
import { contactToWire } from './contact-wire.ts';
import { answerElements } from './envelope.ts';
import { isTrue } from './listing.ts';
import type { ApiAnswer, ApiCall } from './route.ts';

export type WriteMode = 'create' | 'create or update' | 'update';

type Outcome = { element: Record<string, unknown>; errors: ValidationError[] };

/** One invalid element fails the whole call, unless `summarizeErrors=false`: then each carries its own outcome. */
export const writeContacts = (call: ApiCall, mode: WriteMode): ApiAnswer => {
  const drafts = toElements(call.body, 'Contacts').map((element) => readDraft(element, call.params.id));
  const summarize = !(call.query.summarizeerrors !== undefined && !isTrue(call.query.summarizeerrors));
  if (mode === 'update' && !findContact(call.books, { ContactID: call.params.id ?? '' })) throw notFound();
  if (!summarize) {
    const outcomes = drafts.map((draft) => writeOne(call, draft, mode));
    return answerElements(call, 'Contacts', outcomes.map(withStatus));
  }
  const refused = drafts.map((draft) => check(call, draft, mode)).filter(({ errors }) => errors.length > 0);
  if (refused.length > 0) throw validationException(refused.map(withErrors));
  const outcomes = drafts.map((draft) => writeOne(call, draft, mode));
  const failed = outcomes.filter(({ errors }) => errors.length > 0);
  if (failed.length > 0) throw validationException(failed.map(withErrors));
  return answerElements(
    call,
    'Contacts',
    outcomes.map(({ element }) => element),
  );
};

const readDraft = (element: unknown, id: string | undefined): ContactDraft => {
  const parsed = contactDraftSchema.safeParse(element);
  if (!parsed.success) throw badRequest(17, 'PostDataInvalidException', 'JSON for post data was invalid');
  return id === undefined ? parsed.data : { ...parsed.data, ContactID: id };
};

const targetOf = (call: ApiCall, draft: ContactDraft, mode: WriteMode) =>
  mode === 'create' ? undefined : findContact(call.books, draft);

const check = (call: ApiCall, draft: ContactDraft, mode: WriteMode): Outcome => ({
  element: { ...draft },
  errors: contactProblems(call.books, draft, targetOf(call, draft, mode)).map((Message) => ({ Message })),
});

const writeOne = (call: ApiCall, draft: ContactDraft, mode: WriteMode): Outcome => {
  const checked = check(call, draft, mode);
  if (checked.errors.length > 0) return checked;
  const saved = saveContact(call.books, draft, targetOf(call, draft, mode), call.sandbox.clock.now());
  return { element: contactToWire(saved, { level: 'full' }), errors: [] };
};

const withErrors = ({ element, errors }: Outcome) => ({
  ...element,
  HasValidationErrors: true,
  ValidationErrors: errors,
});

const withStatus = (outcome: Outcome) =>
  outcome.errors.length > 0
    ? { ...withErrors(outcome), StatusAttributeString: 'ERROR' }
    : { ...outcome.element, StatusAttributeString: 'OK' };
