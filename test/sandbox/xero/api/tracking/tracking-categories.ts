import { notFound, validationException } from '../../errors.ts';
import type { TrackingCategory } from '../../records/organisation.ts';
import {
  categoryProblems,
  isTrackingUsed,
  type SentCategory,
  saveCategory,
  sentCategorySchema,
} from '../../records/tracking-book.ts';
import { withoutPaging, withoutSince, withoutSummary } from '../call-options.ts';
import { answerElements, answerPage } from '../envelope.ts';
import { isTrue, type Listing, listRows } from '../listing.ts';
import type { ApiAnswer, ApiCall, ApiRoute } from '../route.ts';
import { zeroId } from '../writes/refused-document.ts';
import { invalidJson, toErrors, withoutNulls, writeElements } from '../writes/write-elements.ts';
import { categoryToWire } from './tracking-wire.ts';

const scopes = ['accounting.settings'];

export const trackingCategoryRoutes: ApiRoute[] = [
  { method: 'GET', path: '/TrackingCategories', scopes, run: (call) => listCategories(call) },
  { method: 'GET', path: '/TrackingCategories/:id', scopes, run: (call) => answerOne(call) },
  { method: 'PUT', path: '/TrackingCategories', scopes, run: (call) => writeCategory(call, undefined) },
  {
    method: 'POST',
    path: '/TrackingCategories/:id',
    scopes,
    run: (call) => writeCategory(call, requireCategory(call)),
  },
  {
    method: 'DELETE',
    path: '/TrackingCategories/:id',
    scopes,
    takes: 'anything',
    run: (call) => deleteCategory(call),
  },
];

export function requireCategory({ books, params }: ApiCall): TrackingCategory {
  const id = params.id?.toLowerCase();
  const found = books.trackingCategories.find(({ TrackingCategoryID }) => TrackingCategoryID === id);
  if (!found) throw notFound();
  return found;
}

/** A tracking category has no update time. */
const listing: Listing<TrackingCategory> = {
  id: ({ Name }) => Name,
  updatedAt: () => 0,
  table: {
    $type: 'TrackingCategory',
    TrackingCategoryID: { type: 'Guid', get: (category) => category.TrackingCategoryID },
    Name: { type: 'String', get: (category) => category.Name },
    Status: { type: 'String', get: (category) => category.Status },
  },
};

/** Archived categories and options only with `includeArchived`. */
function listCategories(given: ApiCall): ApiAnswer {
  const call = withoutSince(withoutPaging(given));
  const includesArchived = isTrue(call.query.includearchived);
  const rows = call.books.trackingCategories.filter(({ Status }) => Status === 'ACTIVE' || includesArchived);
  return answerPage(call, 'TrackingCategories', listRows(call, rows, listing), (category) =>
    categoryToWire(category, includesArchived),
  );
}

function answerOne(call: ApiCall): ApiAnswer {
  const includesArchived = isTrue(call.query.includearchived);
  return answerElements(call, 'TrackingCategories', [categoryToWire(requireCategory(call), includesArchived)]);
}

/** One category in a call: PUT creates it, POST to its id renames, archives or restores it. */
function writeCategory(call: ApiCall, known: TrackingCategory | undefined): ApiAnswer {
  return writeElements<SentCategory>(withoutSummary(call), {
    plural: 'TrackingCategories',
    read: (element) => {
      const parsed = sentCategorySchema.safeParse(withoutNulls(element));
      if (!parsed.success) throw invalidJson();
      return parsed.data;
    },
    problemsOf: (sent) => ({ document: categoryProblems(call.books, sent, known), contact: [], lines: [] }),
    toRefused: (sent) => ({ ...sent, TrackingCategoryID: known?.TrackingCategoryID ?? zeroId }),
    save: (sent) => categoryToWire(saveCategory(call.books, sent, known), true),
  });
}

function deleteCategory(call: ApiCall): ApiAnswer {
  const category = requireCategory(call);
  const { TrackingCategoryID, Name } = category;
  if (isTrackingUsed(call.books, TrackingCategoryID)) {
    const errors = toErrors(['A tracking category that is used cannot be deleted. Archive it instead.']);
    throw validationException([{ TrackingCategoryID, Name, ValidationErrors: errors }]);
  }
  call.books.trackingCategories.splice(call.books.trackingCategories.indexOf(category), 1);
  return answerElements(call, 'TrackingCategories', [{ ...categoryToWire(category, true), Status: 'DELETED' }]);
}
