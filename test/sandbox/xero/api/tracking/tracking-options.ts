import { notFound, validationException } from '../../errors.ts';
import type { TrackingOption } from '../../records/organisation.ts';
import {
  isTrackingUsed,
  optionProblems,
  type SentOption,
  saveOption,
  sentOptionSchema,
} from '../../records/tracking-book.ts';
import { withoutSummary } from '../call-options.ts';
import { answerElements } from '../envelope.ts';
import type { ApiAnswer, ApiCall, ApiRoute } from '../route.ts';
import { zeroId } from '../writes/refused-document.ts';
import { invalidJson, toErrors, withoutNulls, writeElements } from '../writes/write-elements.ts';
import { requireCategory } from './tracking-categories.ts';
import { optionToWire } from './tracking-wire.ts';

const scopes = ['accounting.settings'];
const path = '/TrackingCategories/:id/Options';

export const trackingOptionRoutes: ApiRoute[] = [
  { method: 'PUT', path, scopes, run: (call) => writeOption(call, undefined) },
  { method: 'POST', path: `${path}/:childId`, scopes, run: (call) => writeOption(call, requireOption(call)) },
  { method: 'DELETE', path: `${path}/:childId`, scopes, takes: 'anything', run: (call) => deleteOption(call) },
];

function requireOption(call: ApiCall): TrackingOption {
  const id = call.params.childId?.toLowerCase();
  const found = requireCategory(call).Options.find(({ TrackingOptionID }) => TrackingOptionID === id);
  if (!found) throw notFound();
  return found;
}

/** One option in a call: PUT creates it, POST to its id renames, archives or restores it. */
function writeOption(call: ApiCall, known: TrackingOption | undefined): ApiAnswer {
  const category = requireCategory(call);
  return writeElements<SentOption>(withoutSummary(call), {
    plural: 'Options',
    read: (element) => {
      const parsed = sentOptionSchema.safeParse(withoutNulls(element));
      if (!parsed.success) throw invalidJson();
      return parsed.data;
    },
    problemsOf: (sent) => ({ document: optionProblems(category, sent, known), contact: [], lines: [] }),
    toRefused: (sent) => ({ ...sent, TrackingOptionID: known?.TrackingOptionID ?? zeroId }),
    save: (sent) => optionToWire(saveOption(call.books, category, sent, known)),
  });
}

function deleteOption(call: ApiCall): ApiAnswer {
  const [category, option] = [requireCategory(call), requireOption(call)];
  const { TrackingOptionID, Name } = option;
  if (isTrackingUsed(call.books, TrackingOptionID)) {
    const errors = toErrors(['A tracking option that is used cannot be deleted. Archive it instead.']);
    throw validationException([{ TrackingOptionID, Name, ValidationErrors: errors }]);
  }
  category.Options.splice(category.Options.indexOf(option), 1);
  return answerElements(call, 'Options', [optionToWire(option, true)]);
}
