import type { RecordData } from '#shared/contract/sync/record-data/data.ts';
import { compareDecimals } from '#shared/money.ts';
import { fieldWords } from '../words/field-words.ts';
import { noteKept } from '../words/notes.ts';
import { checkPage, invalidAt, isFilled, toMissing } from './check-fields.ts';
import type { Built, KindFacts, SyncKind } from './kind.ts';
import { noteRename } from './tracking.ts';

/** A tax rate with one component. Its id in Xero is its TaxType. Only new ones are sent. */
export const taxRates: SyncKind<'tax-rates'> = {
  ...{ kind: 'tax-rates', resource: 'tax_rate', rank: 1, isListed: true },
  listNeeds: () => [],
  toXero,
  search: [{ by: 'name', toValue: ({ name }) => name || undefined }],
  onFound: 'adopt',
  fields: { Name: 'name', 'TaxComponents.*.Rate': 'rate' },
  toRemoval: () => ({ how: 'keep', note: noteKept('taxRates') }),
};

const required = ['name', 'rate', 'use'] as const;

/** What the tax is reported as decides on which accounts Xero takes it. */
const reports = { sales: 'OUTPUT', purchases: 'INPUT', both: 'NONE' } as const;

function toXero(data: RecordData<'tax-rates'>, facts: KindFacts): Built {
  if (!isFilled(data, required)) return toMissing(data, required);
  const { name, rate, use } = data;
  const { twin, organisation } = facts;
  if (compareDecimals(rate, '100') > 0) return { problem: invalidAt('rate', fieldWords.notAPercentage('rate')) };
  const problem = checkPage(data.url, facts);
  if (problem) return { problem };
  if (twin) return { same: true, notes: noteRename(name, twin) };
  const element = {
    Name: name,
    TaxComponents: [{ Name: name, Rate: { exactDecimal: rate } }],
    // American organisations do not support it.
    ReportTaxType: organisation.countryCode === 'US' ? undefined : reports[use],
  };
  return { element };
}
