import { z } from 'zod';
import type { Credit } from '#server/ledger/credit.ts';
import { findCreditSide } from './credit-side.ts';
import { currencySchema, decimalSchema, idSchema, rateSchema } from './fields.ts';
import type { XeroCaller } from './gateway.ts';
import { readAnswer, readDate } from './read-answer.ts';
import { earliestOf, type ListDeps } from './read-pages.ts';
import type { Question } from './send-question.ts';
import type { XeroAnswer } from './xero-answer.ts';

const perPage = 1000;
const where = 'Status=="AUTHORISED"';

/** Every credit note, prepayment and overpayment of the organisation that is not used up: Xero has no filter by contact. */
export async function listCredits(deps: ListDeps, caller: XeroCaller): Promise<{ credits: Credit[]; asOf: string }> {
  const loads = await Promise.all(kinds.map((kind) => readAll(deps, caller, kind)));
  return { credits: loads.flatMap(({ credits }) => credits), asOf: earliestOf(deps, loads) };
}

type Kind = { name: string; send: (page: number) => Question['send']; rowsOf: (answer: XeroAnswer) => Row[] };

async function readAll(deps: ListDeps, caller: XeroCaller, { name, send, rowsOf }: Kind) {
  const credits: Credit[] = [];
  let first: string | undefined;
  for (let page = 1; ; page += 1) {
    const answer = await deps.ask(caller, { name, send: send(page) });
    const rows = rowsOf(answer);
    first ??= readDate(answer, deps.now());
    credits.push(...rows.flatMap((row) => toCredit(deps, row) ?? []));
    if (rows.length < perPage) return { credits, asOf: first };
  }
}

const rowSchema = z.object({
  Type: z.string(),
  Status: z.string(),
  Contact: z.object({ ContactID: idSchema }),
  CurrencyCode: currencySchema,
  CurrencyRate: rateSchema,
  RemainingCredit: decimalSchema.optional(),
});
const idOf = <const K extends string>(key: K) =>
  rowSchema.and(z.object({ [key]: idSchema } as Record<K, typeof idSchema>));
const listsSchemas = {
  creditNotes: z.object({ CreditNotes: z.array(idOf('CreditNoteID')) }),
  prepayments: z.object({ Prepayments: z.array(idOf('PrepaymentID')) }),
  overpayments: z.object({ Overpayments: z.array(idOf('OverpaymentID')) }),
};
type Row = z.output<typeof rowSchema> & { id: string };

/** An unused credit; undefined for what is used up, not approved, or of a type whose side is not known. */
function toCredit({ log }: ListDeps, row: Row): Credit | undefined {
  const { id, Type, Status, Contact, CurrencyCode, CurrencyRate, RemainingCredit } = row;
  if (Status !== 'AUTHORISED' || RemainingCredit === undefined || /^0(\.0+)?$/.test(RemainingCredit)) return undefined;
  const side = findCreditSide(Type);
  if (!side)
    log.warn({ type: Type }, 'Xero named a type of credit that is not known here; it is counted on neither side');
  return (
    side && {
      id,
      side,
      contactId: Contact.ContactID,
      currency: CurrencyCode,
      rate: CurrencyRate,
      remaining: RemainingCredit,
    }
  );
}

const kinds: readonly Kind[] = [
  {
    name: 'GET /CreditNotes',
    send: (page) => (api, tenantId) =>
      api.getCreditNotes(tenantId, undefined, where, undefined, page, undefined, perPage),
    rowsOf: (answer) =>
      readAnswer(answer, listsSchemas.creditNotes).CreditNotes.map((row) => ({ ...row, id: row.CreditNoteID })),
  },
  {
    name: 'GET /Prepayments',
    send: (page) => (api, tenantId) =>
      api.getPrepayments(tenantId, undefined, where, undefined, page, undefined, perPage),
    rowsOf: (answer) =>
      readAnswer(answer, listsSchemas.prepayments).Prepayments.map((row) => ({ ...row, id: row.PrepaymentID })),
  },
  {
    name: 'GET /Overpayments',
    send: (page) => (api, tenantId) =>
      api.getOverpayments(tenantId, undefined, where, undefined, page, undefined, perPage),
    rowsOf: (answer) =>
      readAnswer(answer, listsSchemas.overpayments).Overpayments.map((row) => ({ ...row, id: row.OverpaymentID })),
  },
];
