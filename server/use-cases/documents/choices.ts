import type { Deps } from '#server/deps.ts';
import { type PersonActing, startActing } from '#server/use-cases/acting/acting.ts';
import { canAdd, canSee } from '#server/use-cases/acting/kind-rights.ts';
import { findLockDate, todayOf } from '#server/use-cases/acting/organisation.ts';
import type { Person } from '#server/use-cases/acting/principal.ts';
import { requireReachable } from '#server/use-cases/acting/reach.ts';
import type { XeroChoices, XeroContactDefaults, XeroOrganisation } from '#server/xero/gateway.ts';
import { AppError } from '#shared/app-error.ts';
import type { Choices, ChoicesContact, ChoicesDeal, PaymentTerms } from '#shared/contract/choices.ts';
import { listInvoicedLines } from './reservations.ts';

/** The lists seldom change, and Xero checks each choice again. */
const keepSeconds = 10 * 60;

export type KnownChoices = XeroChoices & { organisation: XeroOrganisation };

/** What a form offers, and the defaults from its contact, the settings and the deal. */
export async function getChoices(deps: Deps, person: Person, contactId: string | undefined): Promise<Choices> {
  if (!(['quote', 'invoice', 'bill'] as const).some((kind) => canAdd(person, kind))) throw new AppError('forbidden');
  const acting = await startActing(deps, person);
  if (contactId !== undefined) await requireReachable(acting, contactId);
  const { workspaceId, organisationId } = acting.caller;
  const [known, contact, defaults, deal] = await Promise.all([
    readChoices(acting),
    contactId === undefined ? null : deps.xero.getContactDefaults(acting.caller, contactId),
    deps.store.defaults.find(workspaceId, organisationId),
    toDeal(acting),
  ]);
  const { organisation, ...lists } = known;
  return {
    ...lists,
    items: tellItems(person, lists.items),
    organisation: {
      baseCurrency: organisation.baseCurrency,
      today: todayOf(organisation, deps),
      lockDate: findLockDate(organisation),
      paymentTerms: tellTerms(person, organisation.paymentTerms ?? noTerms),
    },
    defaults,
    contact: contact && tellContact(person, toContact(contact)),
    deal,
  };
}

/** Xero's lists and the organisation with its lock dates, read once in ten minutes across all processes. */
export async function readChoices({ deps, caller }: PersonActing): Promise<KnownChoices> {
  const key = `choices:${caller.organisationId}`;
  const read = async (): Promise<KnownChoices | undefined> => {
    const text = await deps.cache.get(key).catch(() => undefined);
    // The code below wrote this value.
    return text === undefined ? undefined : (JSON.parse(text) as KnownChoices);
  };
  const load = async (): Promise<KnownChoices> => {
    const [lists, organisation] = await Promise.all([deps.xero.listChoices(caller), deps.xero.getOrganisation(caller)]);
    const known = { ...lists, organisation };
    await deps.cache.set(key, JSON.stringify(known), keepSeconds).catch(() => undefined);
    return known;
  };
  return (await read()) ?? deps.singleFlight(key, { load, read });
}

function toContact({ contact, asOf: _, ...defaults }: XeroContactDefaults): ChoicesContact {
  const { id, name, email, isArchived } = contact;
  return { id, name, email, isArchived, ...defaults };
}

async function toDeal(acting: PersonActing): Promise<ChoicesDeal | null> {
  const { claims } = acting.principal.session;
  if (!('deal' in claims)) return null;
  const { currency, lines = [] } = claims.deal;
  return {
    currency: currency ?? null,
    lines: lines.map(({ description, quantity, unitAmount, itemCode }) => ({
      description,
      quantity,
      unitAmount,
      itemCode: itemCode ?? null,
    })),
    invoiced: await listToldLines(acting),
  };
}

/**
 * Anybody who needs them in a form may know that lines are invoiced. On which invoice is only for people who may view
 * invoices.
 */
async function listToldLines(acting: PersonActing): Promise<ChoicesDeal['invoiced']> {
  const { principal: person } = acting;
  const isSeen = canSee(person, 'invoice');
  if (!isSeen && !canAdd(person, 'invoice')) return [];
  const lines = await listInvoicedLines(acting);
  return isSeen ? lines : lines.map(({ index }) => ({ index, number: null }));
}

/** Purchase prices and suppliers' accounts are only for people who may add bills. */
function tellItems(person: Person, items: Choices['items']): Choices['items'] {
  if (canAdd(person, 'bill')) return items;
  return items.filter(({ sales }) => sales !== null).map((item) => ({ ...item, purchases: null }));
}

const noTerms = { sales: null, bills: null };

function tellTerms(person: Person, terms: PaymentTerms): PaymentTerms {
  return canAdd(person, 'bill') ? terms : { ...terms, bills: null };
}

function tellContact(person: Person, contact: ChoicesContact): ChoicesContact {
  if (canAdd(person, 'bill')) return contact;
  const paymentTerms = tellTerms(person, contact.paymentTerms);
  return { ...contact, paymentTerms, purchasesAccountCode: null, purchasesTaxType: null };
}
