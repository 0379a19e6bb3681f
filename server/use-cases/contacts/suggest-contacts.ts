import { type Claims, isOfShownRecord } from '#server/identity/claims.ts';
import { findNamed } from '#server/identity/session.ts';
import type { PersonActing } from '#server/use-cases/acting/acting.ts';
import type { XeroContactRow } from '#server/xero/gateway.ts';
import { AppError } from '#shared/app-error.ts';
import { isSameName, isSimilarName } from '#shared/contact-names.ts';
import type { RecordKey } from '#shared/contract/record.ts';
import type { Suggestion } from '#shared/contract/view.ts';
import { byName } from './rank-contacts.ts';
import { findContacts, getActiveContact, toXeroContact } from './search-contacts.ts';

/** What the CRM knows that may identify a Xero contact. */
type Clues = { email: string | null; name: string; company: { id: string; name: string; email: string | null } | null };

/**
 * Suggests Xero contacts for a record of this session, by default its own. Each contact appears once, with its best
 * reason: its company's linked contact, the same e-mail, the same name, the same name as the company. If one question
 * to Xero fails, the other answers are still used.
 */
export async function suggestContacts(
  acting: PersonActing,
  record?: RecordKey,
): Promise<{ suggestions: Suggestion[]; failure: AppError | null }> {
  const clues = findClues(acting.principal.session.claims, record);
  const { name, email, company } = clues;
  const answers = await Promise.allSettled([
    suggestByCompanyLink(acting, clues),
    suggestByEmail(acting, clues),
    suggestByName(acting, { name, email, reason: 'same_name' }),
    company ? suggestByName(acting, { ...company, reason: 'same_company_name' }) : [],
  ]);
  const distinct = new Map<string, Suggestion>();
  for (const suggestion of answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))) {
    if (!distinct.has(suggestion.contact.id)) distinct.set(suggestion.contact.id, suggestion);
  }
  return { suggestions: [...distinct.values()], failure: findFailure(answers) };
}

/** A person opened from a company's page gets the same suggestions as on their own page: that company is theirs. */
function findClues(claims: Claims, wanted: RecordKey | undefined): Clues {
  if (!isOfShownRecord(claims)) return { email: null, name: '', company: null };
  const { record } = claims;
  const isOwn = wanted === undefined || (wanted.type === record.type && wanted.id === record.id);
  const known = isOwn ? record : findNamed(claims, wanted);
  const company = record.type === 'company' ? record : 'company' in claims ? claims.company : undefined;
  const isCompany = (wanted ?? record).type === 'company';
  return { ...toClue(known), company: company && !isCompany ? { ...toClue(company), id: company.id } : null };
}

function toClue({ name, email }: { name: string; email?: string }) {
  return { name, email: email?.trim() || null };
}

async function suggestByCompanyLink(acting: PersonActing, { company }: Clues): Promise<Suggestion[]> {
  if (company === null) return [];
  const { deps, connection, caller } = acting;
  const record = { type: 'company' as const, id: company.id };
  const link = await deps.store.links.find(connection.workspaceId, connection.organisationId, record);
  if (!link) return [];
  try {
    const row = await getActiveContact(deps, caller, link.contactId);
    return [toSuggestion(acting, row, { reason: 'company_link', check: false })];
  } catch (error) {
    if (error instanceof AppError && ['contact_archived', 'xero_not_found'].includes(error.code)) return [];
    throw error;
  }
}

async function suggestByEmail(acting: PersonActing, { email, name, company }: Clues): Promise<Suggestion[]> {
  if (email === null) return [];
  const rows = await findContacts(acting.deps, acting.caller, email);
  return rows
    .filter((row) => isSameEmail(row.email, email))
    .sort(byName)
    .map((row) => {
      const isNameKnown = isSimilarName(row.name, name) || isSimilarName(row.name, company?.name ?? '');
      return toSuggestion(acting, row, { reason: 'same_email', check: !isNameKnown });
    });
}

type NameClue = { name: string; email: string | null; reason: 'same_name' | 'same_company_name' };

/** Many people share a name, so a different e-mail address marks the match for checking. Certain matches come first. */
async function suggestByName(acting: PersonActing, { name, email, reason }: NameClue): Promise<Suggestion[]> {
  if (!name.trim()) return [];
  const rows = await findContacts(acting.deps, acting.caller, name);
  return rows
    .filter((row) => namesOf(row).some((other) => isSimilarName(other, name)))
    .sort(byName)
    .map((row) => {
      const isOther = email !== null && Boolean(row.email?.trim()) && !isSameEmail(row.email, email);
      const check = isOther || !namesOf(row).some((other) => isSameName(other, name));
      return toSuggestion(acting, row, { reason, check, ...(isOther && { otherEmail: true as const }) });
    })
    .sort((a, b) => Number(a.check) - Number(b.check));
}

function isSameEmail(one: string | null, other: string): boolean {
  return one?.trim().toLowerCase() === other.toLowerCase();
}

function namesOf({ name, firstName, lastName }: XeroContactRow): string[] {
  return [name, [firstName, lastName].filter(Boolean).join(' ')];
}

function toSuggestion(
  { deps, connection }: PersonActing,
  row: XeroContactRow,
  why: Omit<Suggestion, 'contact'>,
): Suggestion {
  return { contact: toXeroContact(deps, connection, row), ...why };
}

function findFailure(answers: readonly PromiseSettledResult<unknown>[]): AppError | null {
  const reasons: unknown[] = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
  const foreign = reasons.find((reason) => !(reason instanceof AppError));
  if (foreign !== undefined) throw foreign;
  return reasons.find((reason) => reason instanceof AppError) ?? null;
}
