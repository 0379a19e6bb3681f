import { AppError } from '#shared/app-error.ts';
import type { Suggestion } from '#shared/contract/view.ts';
import type { XeroContactRow } from '../xero/gateway.ts';
import type { Viewing } from './figures.ts';
import { isSameName, isSimilarName } from './same-name.ts';
import { findContacts, getActiveContact, toXeroContact } from './search-contacts.ts';

/** What the CRM knows that may lead to a Xero contact. */
type Clues = { email: string | null; name: string; companyId: string | null; companyName: string | null };

/**
 * Whom the record may be in Xero, each contact once with its best reason: the contact its company is linked to, the
 * same e-mail, the same name, the same name as the company. A failing question to Xero leaves the others' answers.
 */
export async function suggestContacts(
  viewing: Viewing,
): Promise<{ suggestions: Suggestion[]; failure: AppError | null }> {
  const clues = toClues(viewing);
  const answers = await Promise.allSettled([
    suggestByCompanyLink(viewing, clues),
    suggestByEmail(viewing, clues),
    suggestByName(viewing, clues.name, 'same_name'),
    suggestByName(viewing, clues.companyName, 'same_company_name'),
  ]);
  const distinct = new Map<string, Suggestion>();
  for (const suggestion of answers.flatMap((answer) => (answer.status === 'fulfilled' ? answer.value : []))) {
    if (!distinct.has(suggestion.contact.id)) distinct.set(suggestion.contact.id, suggestion);
  }
  return { suggestions: [...distinct.values()], failure: findFailure(answers) };
}

function toClues({ actor }: Viewing): Clues {
  const { claims } = actor.session;
  const company = 'company' in claims ? claims.company : undefined;
  if (claims.record.type === 'settings') return { email: null, name: '', companyId: null, companyName: null };
  const { email, name } = claims.record;
  return { email: email?.trim() || null, name, companyId: company?.id ?? null, companyName: company?.name ?? null };
}

async function suggestByCompanyLink(viewing: Viewing, { companyId }: Clues): Promise<Suggestion[]> {
  if (companyId === null) return [];
  const { deps, connection, caller } = viewing;
  const record = { type: 'company' as const, id: companyId };
  const link = await deps.store.links.find(connection.workspaceId, connection.organisationId, record);
  if (!link) return [];
  try {
    const row = await getActiveContact(deps, caller, link.contactId);
    return [toSuggestion(viewing, row, 'company_link', false)];
  } catch (error) {
    if (error instanceof AppError && ['contact_archived', 'xero_not_found'].includes(error.code)) return [];
    throw error;
  }
}

async function suggestByEmail(viewing: Viewing, { email, name, companyName }: Clues): Promise<Suggestion[]> {
  if (email === null) return [];
  const rows = await findContacts(viewing.deps, viewing.caller, email);
  return rows
    .filter((row) => row.email?.trim().toLowerCase() === email.toLowerCase())
    .map((row) => {
      const isNameKnown = isSimilarName(row.name, name) || isSimilarName(row.name, companyName ?? '');
      return toSuggestion(viewing, row, 'same_email', !isNameKnown);
    });
}

async function suggestByName(
  viewing: Viewing,
  name: string | null,
  reason: 'same_name' | 'same_company_name',
): Promise<Suggestion[]> {
  if (!name?.trim()) return [];
  const rows = await findContacts(viewing.deps, viewing.caller, name);
  return rows
    .filter((row) => namesOf(row).some((other) => isSimilarName(other, name)))
    .map((row) => toSuggestion(viewing, row, reason, !namesOf(row).some((other) => isSameName(other, name))));
}

function namesOf({ name, firstName, lastName }: XeroContactRow): string[] {
  return [name, [firstName, lastName].filter(Boolean).join(' ')];
}

function toSuggestion(
  { deps, connection }: Viewing,
  row: XeroContactRow,
  reason: Suggestion['reason'],
  check: boolean,
): Suggestion {
  return { contact: toXeroContact(deps, connection, row), reason, check };
}

function findFailure(answers: readonly PromiseSettledResult<unknown>[]): AppError | null {
  const reasons: unknown[] = answers.flatMap((answer) => (answer.status === 'rejected' ? [answer.reason] : []));
  const foreign = reasons.find((reason) => !(reason instanceof AppError));
  if (foreign !== undefined) throw foreign;
  return reasons.find((reason) => reason instanceof AppError) ?? null;
}
