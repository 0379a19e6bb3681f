import { msDate } from '../../dates.ts';
import { notFound, validationException } from '../../errors.ts';
import { findItem, itemProblems, type SentItem, saveItem, sentItemSchema } from '../../records/item-book.ts';
import type { Item } from '../../records/organisation.ts';
import { withoutPaging } from '../call-options.ts';
import { unitDecimalsOf } from '../documents/document-wire.ts';
import { answerElements, answerPage } from '../envelope.ts';
import { type Listing, listRows } from '../listing.ts';
import type { ApiAnswer, ApiCall, ApiRoute } from '../route.ts';
import { zeroId } from '../writes/refused-document.ts';
import { invalidJson, toErrors, type WriteMode, withoutNulls, writeElements } from '../writes/write-elements.ts';

const scopes = ['accounting.settings'];

export const itemRoutes: ApiRoute[] = [
  { method: 'GET', path: '/Items', scopes, run: (call) => listItems(call) },
  { method: 'GET', path: '/Items/:id', scopes, run: (call) => answerOne(call) },
  { method: 'PUT', path: '/Items', scopes, run: (call) => writeItems(call, 'create') },
  { method: 'POST', path: '/Items', scopes, run: (call) => writeItems(call, 'create or update') },
  { method: 'POST', path: '/Items/:id', scopes, run: (call) => writeItems(call, 'update') },
  { method: 'DELETE', path: '/Items/:id', scopes, takes: 'anything', run: (call) => deleteItem(call) },
];

const listing: Listing<Item> = {
  id: ({ Code }) => Code,
  updatedAt: (item) => item.updatedAt,
  table: {
    $type: 'Item',
    ItemID: { type: 'Guid', get: (item) => item.ItemID },
    Code: { type: 'String', get: (item) => item.Code },
    Name: { type: 'String', get: (item) => item.Name },
    IsSold: { type: 'Boolean', get: (item) => item.sales !== undefined },
    IsPurchased: { type: 'Boolean', get: (item) => item.purchase !== undefined },
    UpdatedDateUTC: { type: 'DateTime', get: (item) => item.updatedAt },
  },
};

/** A deleted item leaves no trace in the list. */
function listItems(call: ApiCall): ApiAnswer {
  const page = listRows(withoutPaging(call), [...call.books.items], listing);
  return answerPage(call, 'Items', page, itemToWire);
}

/** By ItemID or by code. */
function requireItem({ books, params }: ApiCall): Item {
  const id = params.id ?? '';
  const item = findItem(books, { ItemID: id }) ?? findItem(books, { Code: id });
  if (!item) throw notFound();
  return item;
}

function answerOne(call: ApiCall): ApiAnswer {
  return answerElements(call, 'Items', [itemToWire(requireItem(call))]);
}

function writeItems(call: ApiCall, mode: WriteMode): ApiAnswer {
  const named = mode === 'update' ? requireItem(call) : undefined;
  const targetOf = (sent: SentItem) => (mode === 'create' ? undefined : (named ?? findItem(call.books, sent)));
  return writeElements<SentItem>(call, {
    plural: 'Items',
    read: (element) => {
      const parsed = sentItemSchema.safeParse(withoutNulls(element));
      if (!parsed.success) throw invalidJson();
      return parsed.data;
    },
    problemsOf: (sent) => ({ document: problemsOf(call, sent, targetOf(sent)), contact: [], lines: [] }),
    toRefused: (sent) => ({ ...sent, ItemID: targetOf(sent)?.ItemID ?? zeroId }),
    save: (sent) => {
      const saving = { unitDecimals: unitDecimalsOf(call), now: call.sandbox.clock.now() };
      return itemToWire(saveItem(call.books, sent, targetOf(sent), saving));
    },
  });
}

function problemsOf(call: ApiCall, sent: SentItem, known: Item | undefined): string[] {
  if (sent.ItemID && !known) return ['An existing Item with the specified ItemID could not be found'];
  return itemProblems(call.books, sent, known);
}

/** A tracked item stays, because Xero values its stock. */
function deleteItem(call: ApiCall): ApiAnswer {
  const item = requireItem(call);
  if (item.tracked) {
    const errors = toErrors(['A tracked inventory item cannot be deleted']);
    throw validationException([{ ItemID: item.ItemID, Code: item.Code, ValidationErrors: errors }]);
  }
  call.books.items.splice(call.books.items.indexOf(item), 1);
  return { status: 204, body: undefined };
}

function itemToWire({ sales, purchase, tracked, updatedAt, ...fields }: Item) {
  return {
    ...fields,
    ...tracked,
    UpdatedDateUTC: msDate(updatedAt),
    PurchaseDetails: purchase ?? {},
    SalesDetails: sales ?? {},
    IsTrackedAsInventory: tracked !== undefined,
    IsSold: sales !== undefined,
    IsPurchased: purchase !== undefined,
  };
}
