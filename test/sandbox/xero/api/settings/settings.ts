import { msDate, msDay } from '../../dates.ts';
import { stableId } from '../../ids.ts';
import { type OrganisationFacts, settledAt } from '../../records/organisation.ts';
import { withoutPaging } from '../call-options.ts';
import { answerElements, answerPage } from '../envelope.ts';
import { type Listing, listRows } from '../listing.ts';
import type { ApiRoute } from '../route.ts';

const scopes = ['accounting.settings'];

function get(path: string, run: ApiRoute['run']): ApiRoute {
  return { method: 'GET', path, scopes, run };
}

export const settingsRoutes: ApiRoute[] = [
  get('/Organisation', (call) => answerElements(call, 'Organisations', [organisationToWire(call.organisation)])),
  get('/Currencies', (call) => {
    const page = listRows(withoutPaging(call), [...call.books.currencies], currencyListing);
    return answerPage(call, 'Currencies', page, (row) => row);
  }),
  get('/BrandingThemes', (call) => {
    const created = { CreatedDateUTC: msDate(settledAt) };
    return answerElements(
      call,
      'BrandingThemes',
      call.books.brandingThemes.map((theme) => ({ ...theme, ...created })),
    );
  }),
];

const currencyListing: Listing<{ Code: string; Description: string }> = {
  id: ({ Code }) => Code,
  updatedAt: () => settledAt,
  table: { $type: 'Currency', Code: { type: 'String', get: (currency) => currency.Code } },
};

function organisationToWire(facts: OrganisationFacts) {
  return {
    OrganisationID: stableId(facts.tenantId, 'OrganisationID'),
    APIKey: stableId(facts.tenantId, 'APIKey').replaceAll('-', '').toUpperCase().slice(0, 30),
    Name: facts.name,
    LegalName: facts.legalName,
    PaysTax: true,
    Version: facts.version,
    OrganisationType: 'COMPANY',
    OrganisationEntityType: 'COMPANY',
    BaseCurrency: facts.baseCurrency,
    CountryCode: facts.countryCode,
    IsDemoCompany: facts.isDemoCompany,
    OrganisationStatus: 'ACTIVE',
    TaxNumber: facts.taxNumber,
    FinancialYearEndDay: facts.financialYearEnd.day,
    FinancialYearEndMonth: facts.financialYearEnd.month,
    SalesTaxBasis: 'ACCRUALS',
    SalesTaxPeriod: 'QUARTERLY',
    DefaultSalesTax: 'Tax Exclusive',
    DefaultPurchasesTax: 'Tax Exclusive',
    ...(facts.periodLockDate === undefined ? {} : { PeriodLockDate: msDay(facts.periodLockDate) }),
    ...(facts.endOfYearLockDate === undefined ? {} : { EndOfYearLockDate: msDay(facts.endOfYearLockDate) }),
    CreatedDateUTC: `/Date(${settledAt})/`,
    Timezone: facts.timezone,
    ShortCode: facts.shortCode,
    Edition: 'BUSINESS',
    Class: facts.isDemoCompany ? 'DEMO' : 'PREMIUM',
    Addresses: [],
    Phones: [],
    ExternalLinks: [],
    PaymentTerms: facts.paymentTerms ?? {},
  };
}
