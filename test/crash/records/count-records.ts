import type { PutKind } from '#shared/contract/sync/kinds.ts';
import type { RecordSummary } from '#shared/contract/sync/record.ts';
import type { XeroControl } from '#test/sandbox/xero/control.ts';
import type { RecordStage } from './record-stage.ts';
import { isSilent } from './settled.ts';
import type { Story, Told } from './story.ts';

/**
 * `doubled`: more than one in Xero. `lost`: the record says that it is in Xero, but it is not. `strange`: Xero has another
 * one, or other content. `silent`: neither at rest nor saying why. `unexpected`: it ended in another state than it
 * should. `cut`: kills that interrupted something.
 */
export const noRecordCount = {
  ...{ rounds: 0, kills: 0, cut: 0, records: 0, edited: 0, deleted: 0, inXero: 0, problems: 0, questions: 0 },
  ...{ doubled: 0, lost: 0, strange: 0, silent: 0, unexpected: 0 },
};
export type RecordCount = typeof noRecordCount;

type Books = Awaited<ReturnType<XeroControl['documents']>> & Awaited<ReturnType<XeroControl['directory']>>;
/** `value`: an amount or a name that says whether the content is right. */
type Twin = { id: string; isGone: boolean; value: string };

type Find = (books: Books, crmId: string, data: object) => Twin[];

const removed: readonly string[] = ['VOIDED', 'DELETED', 'ARCHIVED'];

function documentOf(id: string, { Status, Total }: { Status: string; Total: number }): Twin {
  return { id, isGone: removed.includes(Status), value: Total.toFixed(2) };
}

function findContacts({ contacts }: Books, _crmId: string, data: object): Twin[] {
  return contacts
    .filter(({ Name }) => Name === Reflect.get(data, 'name'))
    .map(({ ContactID, ContactStatus, Name }) => ({
      id: ContactID,
      isGone: removed.includes(ContactStatus),
      value: Name,
    }));
}

const finders: { [Kind in PutKind]?: Find } = {
  customers: findContacts,
  suppliers: findContacts,
  items: ({ items }, crmId) =>
    items.filter(({ Code }) => Code === crmId).map(({ ItemID, Name }) => ({ id: ItemID, isGone: false, value: Name })),
  expenses: ({ bills }, crmId) =>
    bills.filter(({ InvoiceNumber }) => InvoiceNumber === crmId).map((one) => documentOf(one.InvoiceID, one)),
  invoices: ({ invoices }, crmId) =>
    invoices.filter(({ InvoiceNumber }) => InvoiceNumber === crmId).map((one) => documentOf(one.InvoiceID, one)),
  'purchase-orders': ({ purchaseOrders }, crmId) =>
    purchaseOrders
      .filter(({ PurchaseOrderNumber }) => PurchaseOrderNumber === crmId)
      .map((one) => documentOf(one.PurchaseOrderID, one)),
  'supplier-credits': ({ creditNotes }, crmId) =>
    creditNotes.filter(({ number }) => number === crmId).map((one) => documentOf(one.id, one)),
  payments: ({ payments }, crmId) =>
    payments
      .filter(({ Reference }) => Reference?.startsWith(`${crmId} `))
      .map(({ PaymentID, Amount }) => ({ id: PaymentID, isGone: false, value: Amount.toFixed(2) })),
};

/** Compares what Xero has with what the records say. Each fault is printed with its record. */
export async function countRecords(stage: RecordStage, story: Story, told: readonly Told[]): Promise<RecordCount> {
  const { control } = stage.world.xero;
  const { tenantId } = stage;
  const books = { ...(await control.documents({ tenantId })), ...(await control.directory({ tenantId })) };
  const records = await stage.list(story.prefix);
  const count = { ...noRecordCount };
  for (const one of told) {
    const record = records.find(({ kind, crmId }) => kind === one.kind && crmId === one.crmId);
    const faults = record ? await judge(stage, { books, told: one, record }) : (['lost'] as const);
    for (const fault of faults) {
      count[fault] += 1;
      console.error(fault, JSON.stringify({ told: one, record }));
    }
    count.records += 1;
    if (one.version > 1) count[one.deletedAs === undefined ? 'edited' : 'deleted'] += 1;
    if (record?.state === 'synced' && one.end === 'synced') count.inXero += 1;
    if (record?.state === 'problem') count.problems += 1;
    if (record?.state === 'question') count.questions += 1;
  }
  for (const party of story.parties) {
    const found = books.contacts.filter(({ Name }) => Name === party).length;
    if (found > 1) count.doubled += found - 1;
  }
  return count;
}

type Judged = { books: Books; told: Told; record: RecordSummary };
type Fault = 'doubled' | 'lost' | 'strange' | 'silent' | 'unexpected';

async function judge(stage: RecordStage, judged: Judged): Promise<Fault[]> {
  const { books, told, record } = judged;
  const twins = finders[told.kind]?.(books, told.crmId, told.data) ?? [];
  const live = twins.filter(({ isGone }) => !isGone);
  const faults: Fault[] = [];
  if (twins.length > 1) faults.push('doubled');
  if (isSilent(record)) faults.push('silent');
  if (record.state !== (told.end === 'voided' ? 'synced' : told.end)) faults.push('unexpected');
  else if (told.end === 'synced') {
    if (live.length === 0) faults.push('lost');
    else if (live[0]?.id.toLowerCase() !== record.xeroId || live[0]?.value !== toValue(told)) faults.push('strange');
    faults.push(...(await judgeFollows(stage, judged)));
  } else if (live.length > 0) faults.push('strange');
  return faults;
}

/** What the document must have: its amount, its total, or its name. */
function toValue({ data }: Told): unknown {
  return Reflect.get(data, 'total') ?? Reflect.get(data, 'amount') ?? Reflect.get(data, 'name');
}

/** A receipt, the bill of an order, an allocation: each once. */
async function judgeFollows({ world }: RecordStage, { books, told, record }: Judged): Promise<Fault[]> {
  const id = record.xeroId ?? '';
  const found = [
    ...('receipt' in told.data ? [(await world.xero.control.attachments(toXeroId(books, id))).length] : []),
    ...(told.kind === 'purchase-orders'
      ? [books.bills.filter(({ InvoiceNumber }) => InvoiceNumber === `${told.crmId}-bill`).length]
      : []),
    ...(told.kind === 'supplier-credits'
      ? [books.creditNotes.find((one) => one.number === told.crmId)?.Allocations.length ?? 0]
      : []),
  ];
  return found.flatMap((many): Fault[] => (many === 1 ? [] : [many === 0 ? 'lost' : 'doubled']));
}

/** The sandbox's own spelling of the id. */
function toXeroId({ bills }: Books, id: string): string {
  return bills.find(({ InvoiceID }) => InvoiceID.toLowerCase() === id)?.InvoiceID ?? id;
}
