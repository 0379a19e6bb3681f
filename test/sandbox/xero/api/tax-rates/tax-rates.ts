import { notFound } from '../../errors.ts';
import type { TaxRate } from '../../records/organisation.ts';
import {
  findTaxRate,
  type SentTaxRate,
  saveTaxRate,
  sentTaxRateSchema,
  taxRateProblems,
} from '../../records/tax-rate-book.ts';
import { withoutPaging, withoutSince, withoutSummary } from '../call-options.ts';
import { answerElements, answerPage } from '../envelope.ts';
import { type Listing, listRows } from '../listing.ts';
import type { ApiAnswer, ApiCall, ApiRoute } from '../route.ts';
import { invalidJson, withoutNulls, writeElements } from '../writes/write-elements.ts';

const scopes = ['accounting.settings'];

/** A tax rate's id is its TaxType. */
export const taxRateRoutes: ApiRoute[] = [
  { method: 'GET', path: '/TaxRates', scopes, run: (call) => listTaxRates(call) },
  { method: 'GET', path: '/TaxRates/:id', scopes, run: (call) => answerOne(call) },
  { method: 'PUT', path: '/TaxRates', scopes, run: (call) => writeTaxRates(call, 'create') },
  { method: 'POST', path: '/TaxRates', scopes, run: (call) => writeTaxRates(call, 'update') },
];

/** A tax rate has no update time. */
const listing: Listing<TaxRate> = {
  id: ({ TaxType }) => TaxType,
  updatedAt: () => 0,
  table: {
    $type: 'TaxRate',
    Name: { type: 'String', get: (rate) => rate.Name },
    TaxType: { type: 'String', get: (rate) => rate.TaxType },
    Status: { type: 'String', get: (rate) => rate.Status },
  },
};

function listTaxRates(given: ApiCall): ApiAnswer {
  const call = withoutSince(withoutPaging(given));
  return answerPage(call, 'TaxRates', listRows(call, [...call.books.taxRates], listing), taxRateToWire);
}

function answerOne(call: ApiCall): ApiAnswer {
  const rate = call.books.taxRates.find(({ TaxType }) => TaxType === call.params.id);
  if (!rate) throw notFound();
  return answerElements(call, 'TaxRates', [taxRateToWire(rate)]);
}

function writeTaxRates(call: ApiCall, mode: 'create' | 'update'): ApiAnswer {
  const { taxRates } = call.books;
  const targetOf = (sent: SentTaxRate) => (mode === 'create' ? undefined : findTaxRate(taxRates, sent));
  return writeElements<SentTaxRate>(withoutSummary(call), {
    plural: 'TaxRates',
    read: (element) => {
      const parsed = sentTaxRateSchema.safeParse(withoutNulls(element));
      if (!parsed.success) throw invalidJson();
      return parsed.data;
    },
    problemsOf: (sent) => ({ document: problemsOf(call, mode, sent, targetOf(sent)), contact: [], lines: [] }),
    toRefused: (sent) => ({ ...sent }),
    save: (sent) => taxRateToWire(saveTaxRate(taxRates, sent, targetOf(sent))),
  });
}

function problemsOf(call: ApiCall, mode: string, sent: SentTaxRate, known: TaxRate | undefined): string[] {
  if (mode === 'update' && !known) return ['The tax rate could not be found'];
  return taxRateProblems(call.organisation, call.books.taxRates, sent, known);
}

function taxRateToWire({ rate, appliesTo, components, ...fields }: TaxRate) {
  return {
    ...fields,
    CanApplyToAssets: appliesTo.includes('Assets'),
    CanApplyToEquity: appliesTo.includes('Equity'),
    CanApplyToExpenses: appliesTo.includes('Expenses'),
    CanApplyToLiabilities: appliesTo.includes('Liabilities'),
    CanApplyToRevenue: appliesTo.includes('Revenue'),
    DisplayTaxRate: rate,
    EffectiveRate: rate,
    TaxComponents: (components ?? [{ Name: fields.Name, Rate: rate, IsCompound: false }]).map((component) => ({
      ...component,
      IsNonRecoverable: false,
    })),
  };
}
