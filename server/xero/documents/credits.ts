import { z } from 'zod';
import { glimpsedIdSchema, idSchema, optionalDecimalSchema, optionalTextSchema } from '#server/xero/answers/fields.ts';
import { toLogWord } from '#server/xero/answers/log-word.ts';
import { readDate } from '#server/xero/answers/read-answer.ts';
import { readList } from '#server/xero/answers/read-list.ts';
import { describeFault, type XeroList } from '#server/xero/answers/read-rows.ts';
import type { XeroAnswer } from '#server/xero/answers/xero-answer.ts';
import type { Question } from '#server/xero/calling/send-question.ts';
import { getCreditNotes, getOverpayments, getPrepayments } from '#server/xero/endpoints/credits.ts';
import { longestPage } from '#server/xero/endpoints/limits.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import type { XeroDeps } from '#server/xero/xero-deps.ts';
import type { Credit } from './credit.ts';
import { findCreditSide } from './credit-side.ts';
import type { UnreadableDocument } from './document-header.ts';
import { contactMember, currencyMembers, glimpsedContactMember } from './document-members.ts';
import { type CountedPage, earliestOf, readPages } from './lists/read-pages.ts';

const where = 'Status=="AUTHORISED"';

/** `unreadable` rows may be unused credit too. Their `kind` tells their side. */
export type LoadedCredits = { credits: Credit[]; unreadable: UnreadableDocument[]; asOf: string };

/**
 * Lists every credit note, prepayment and overpayment of the organisation with an unused amount. Xero has no filter by
 * contact.
 */
export async function listCredits(deps: XeroDeps, caller: XeroCaller): Promise<LoadedCredits> {
  const loads = await Promise.all(kinds.map((kind) => readAll(deps, caller, kind)));
  const pages = loads.flat();
  const byId = new Map(pages.flatMap(({ credits }) => credits.map((credit) => [credit.id, credit] as const)));
  const unreadable = pages.flatMap((page) => page.unreadable);
  return { credits: [...byId.values()], unreadable, asOf: earliestOf(deps, pages) };
}

/** Where a list's rows are in the answer, and which member is a row's id. */
type Place = { list: XeroList; member: string; idName: string };
type Kind = Place & { ask: (page: { where: string; page: number; pageSize: number }) => Question };
type Page = CountedPage & LoadedCredits;

function readAll(deps: XeroDeps, caller: XeroCaller, { ask, ...place }: Kind): Promise<Page[]> {
  const readPage = async (page: number): Promise<Page> => {
    const answer = await deps.ask(caller, ask({ where, page, pageSize: longestPage }));
    return { ...toPage(deps, place, answer), asOf: readDate(answer, deps.clock.now()) };
  };
  return readPages(readPage, { pageSize: longestPage });
}

const rowSchema = z.object({
  id: idSchema,
  Type: z.string().min(1),
  Status: z.string().min(1),
  ...contactMember,
  ...currencyMembers,
  RemainingCredit: optionalDecimalSchema,
});
/** Reads these members even if the rest of the row cannot be parsed. */
const glimpseSchema = z
  .object({
    id: glimpsedIdSchema,
    Type: optionalTextSchema.catch(null),
    Status: optionalTextSchema.catch(null),
    ...glimpsedContactMember,
  })
  .catch({ id: null, Type: null, Status: null, Contact: { ContactID: null } });

const objectSchema = z.record(z.string(), z.unknown());

function toPage(deps: XeroDeps, { list, member, idName }: Place, answer: XeroAnswer): Omit<Page, 'asOf'> {
  const { rows, ...sent } = readList(answer, member, idName);
  const page: Omit<Page, 'asOf'> = { ...sent, credits: [], unreadable: [] };
  const faults: string[] = [];
  for (const row of rows.map((one) => withId(one, idName))) {
    const parsed = rowSchema.safeParse(row);
    if (parsed.success) page.credits.push(...toCredit(deps, parsed.data));
    else if (mayBeUnused(row)) {
      page.unreadable.push(toUnreadable(row));
      faults.push(describeFault(parsed.error));
    }
  }
  deps.noteSetAside(list, faults);
  return page;
}

function withId(row: unknown, idName: string): unknown {
  const { data } = objectSchema.safeParse(row);
  return data && { ...data, id: data[idName] };
}

/** Returns an unused credit. Returns none when it is used up, not approved, or of a type whose side is unknown. */
function toCredit({ log }: XeroDeps, row: z.output<typeof rowSchema>): Credit[] {
  const { id, Type, Status, Contact, CurrencyCode: currency, CurrencyRate: rate, RemainingCredit: remaining } = row;
  if (Status !== 'AUTHORISED' || remaining === null || /^0(\.0+)?$/.test(remaining)) return [];
  const side = findCreditSide(Type);
  if (side) return [{ id, side, contactId: Contact.ContactID, currency, rate, remaining }];
  log.warn({ type: toLogWord(Type) }, 'Xero returned an unknown type of credit; it is not counted');
  return [];
}

function mayBeUnused(row: unknown): boolean {
  const { Status } = glimpseSchema.parse(row);
  return Status === null || Status === 'AUTHORISED';
}

function toUnreadable(row: unknown): UnreadableDocument {
  const { id, Type, Status, Contact } = glimpseSchema.parse(row);
  const kind = findCreditSide(Type ?? '') ?? null;
  return { id, kind, contactId: Contact.ContactID, status: Status, updatedAt: null };
}

const kinds: readonly Kind[] = [
  { list: 'credit_notes', member: 'CreditNotes', idName: 'CreditNoteID', ask: getCreditNotes },
  { list: 'prepayments', member: 'Prepayments', idName: 'PrepaymentID', ask: getPrepayments },
  { list: 'overpayments', member: 'Overpayments', idName: 'OverpaymentID', ask: getOverpayments },
];
