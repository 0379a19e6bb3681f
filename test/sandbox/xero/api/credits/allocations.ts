import { msDay, todayIn } from '../../dates.ts';
import { notFound, validationException } from '../../errors.ts';
import {
  type AllocationWrite,
  allocationProblems,
  deleteAllocation,
  type SentAllocation,
  saveAllocation,
  sentAllocationSchema,
} from '../../records/allocation-book.ts';
import { tellHistory } from '../../records/history.ts';
import type { Allocation, Credit, CreditKind } from '../../records/types.ts';
import { lockDateProblems } from '../../records/writing/document-problems.ts';
import type { ApiAnswer, ApiCall, ApiRoute } from '../route.ts';
import { invalidJson, toErrors, withoutNulls, writeElements } from '../writes/write-elements.ts';

const scopes = ['accounting.invoices', 'accounting.payments'];

function routesOf(kind: CreditKind): ApiRoute[] {
  const path = `/${kind}s/:id/Allocations`;
  return [
    { method: 'PUT', path, scopes, run: (call) => addAllocations(call, kind) },
    { method: 'DELETE', path: `${path}/:childId`, scopes, takes: 'anything', run: (call) => remove(call, kind) },
  ];
}

/** Credit applied to invoices and bills. */
export const allocationRoutes: ApiRoute[] = [
  ...routesOf('CreditNote'),
  ...routesOf('Prepayment'),
  ...routesOf('Overpayment'),
];

function requireCredit({ books, params }: ApiCall, kind: CreditKind): Credit {
  const credit = books.credits.get(params.id?.toLowerCase() ?? '');
  if (credit?.kind !== kind) throw notFound();
  return credit;
}

function toWrite({ organisation, sandbox }: ApiCall, credit: Credit) {
  return { organisation, credit, today: todayIn(organisation.timezone, sandbox.clock.now()) };
}

function addAllocations(call: ApiCall, kind: CreditKind): ApiAnswer {
  const base = toWrite(call, requireCredit(call, kind));
  return writeElements<SentAllocation>(call, {
    plural: 'Allocations',
    read: (element) => {
      const parsed = sentAllocationSchema.safeParse(withoutNulls(element));
      if (!parsed.success) throw invalidJson();
      return parsed.data;
    },
    problemsOf: (sent) => ({ document: allocationProblems({ ...base, sent }), contact: [], lines: [] }),
    toRefused: ({ Date: date = base.today, ...sent }) => ({ ...sent, Date: msDay(date) }),
    save: (sent) => save(call, { ...base, sent }),
  });
}

function save(call: ApiCall, write: AllocationWrite) {
  const { credit } = write;
  const at = call.sandbox.clock.now();
  const allocation = saveAllocation(write, at);
  const Details = `Credit of ${credit.CurrencyCode} ${allocation.Amount.toFixed(2)} applied through the Xero API`;
  tellHistory(call.books, allocation.invoiceId, { Changes: 'Credit Applied', Details, at });
  return {
    AllocationID: allocation.AllocationID,
    Amount: allocation.Amount,
    Date: msDay(allocation.Date),
    Invoice: invoiceOf(allocation),
    [credit.kind]: { [`${credit.kind}ID`]: credit.id, ID: credit.id, LineItems: [] },
    ValidationErrors: [],
  };
}

function invoiceOf({ invoiceId }: Allocation) {
  const empty = { Payments: [], CreditNotes: [], Prepayments: [], Overpayments: [], LineItems: [] };
  return { InvoiceID: invoiceId, ...empty, HasErrors: false, IsDiscounted: false, ValidationErrors: [] };
}

/** Answers the allocation itself, without an envelope. */
function remove(call: ApiCall, kind: CreditKind): ApiAnswer {
  const write = toWrite(call, requireCredit(call, kind));
  const id = call.params.childId?.toLowerCase() ?? '';
  const known = write.credit.Allocations.find(({ AllocationID }) => AllocationID === id);
  const problems = known ? lockDateProblems(call.organisation, known.Date) : [];
  if (problems.length > 0) throw validationException([{ AllocationID: id, ValidationErrors: toErrors(problems) }]);
  const allocation = deleteAllocation(write, id, call.sandbox.clock.now());
  if (!allocation) throw notFound();
  const { AllocationID, Amount, Date: date, invoiceId } = allocation;
  const body = { AllocationID, Amount, Date: msDay(date), Invoice: { InvoiceID: invoiceId }, IsDeleted: true };
  return { status: 200, body };
}
