import { msDate, msDay } from '../dates.ts';
import { stableId } from '../ids.ts';
import type { Account, Item, OrganisationFacts, TaxRate } from '../records/organisation.ts';
import { answerElements, answerPage } from './envelope.ts';
import { isTrue, type Listing, listRows } from './listing.ts';
import type { ApiAnswer, ApiCall, ApiRoute } from './route.ts';

const scopes = ['accounting.settings'];

const get = (path: string, run: ApiRoute['run']): ApiRoute => ({ method: 'GET', path, scopes, run });

/** These settings rarely change, so the sandbox gives them all one date. */
const settledAt = Date.UTC(2024, 1, 5, 2, 30);

/** Lists that support only `where` and `order`. */
const plain = <Row>(
  call: ApiCall,
  plural: string,
  rows: Row[],
  listing: Pick<Listing<Row>, 'table' | 'id'>,
  toWire: (row: Row) => unknown,
): ApiAnswer => {
  const { page, pagesize, ...query } = call.query;
  const found = listRows({ ...call, query }, [...rows], { ...listing, updatedAt: () => settledAt });
  return answerPage(call, plural, found, toWire);
};

export const settingsRoutes: ApiRoute[] = [
  get('/Organisation', (call) => answerElements(call, 'Organisations', [organisationToWire(call.organisation)])),
  get('/Accounts', (call) => plain(call, 'Accounts', call.books.accounts, accountListing, accountToWire)),
  get('/TaxRates', (call) => plain(call, 'TaxRates', call.books.taxRates, taxRateListing, taxRateToWire)),
  get('/Items', (call) => plain(call, 'Items', call.books.items, itemListing, itemToWire)),
  get('/Currencies', (call) => plain(call, 'Currencies', call.books.currencies, currencyListing, (row) => row)),
  get('/TrackingCategories', (call) => {
    const rows = call.books.trackingCategories;
    const shown = rows.filter(({ Status }) => Status === 'ACTIVE' || isTrue(call.query.includearchived));
    return answerElements(call, 'TrackingCategories', shown);
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

const accountListing: Pick<Listing<Account>, 'table' | 'id'> = {
  id: ({ Code }) => Code,
  table: {
    $type: 'Account',
    Code: { type: 'String', get: (account) => account.Code },
    Name: { type: 'String', get: (account) => account.Name },
    Type: { type: 'String', get: (account) => account.Type },
    Class: { type: 'String', get: (account) => account.Class },
    Status: { type: 'String', get: (account) => account.Status },
    TaxType: { type: 'String', get: (account) => account.TaxType },
    EnablePaymentsToAccount: { type: 'Boolean', get: (account) => account.EnablePaymentsToAccount },
  },
};

const accountToWire = (account: Account) => ({
  ...account,
  ...(account.Type === 'BANK' ? { BankAccountType: 'BANK' } : {}),
  ShowInExpenseClaims: false,
  HasAttachments: false,
  AddToWatchlist: false,
  UpdatedDateUTC: msDate(settledAt),
});

const taxRateListing: Pick<Listing<TaxRate>, 'table' | 'id'> = {
  id: ({ TaxType }) => TaxType,
  table: {
    $type: 'TaxRate',
    Name: { type: 'String', get: (rate) => rate.Name },
    TaxType: { type: 'String', get: (rate) => rate.TaxType },
    Status: { type: 'String', get: (rate) => rate.Status },
  },
};

const taxRateToWire = ({ rate, appliesTo, components, ...fields }: TaxRate) => ({
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
});

const itemListing: Pick<Listing<Item>, 'table' | 'id'> = {
  id: ({ Code }) => Code,
  table: {
    $type: 'Item',
    Code: { type: 'String', get: (item) => item.Code },
    Name: { type: 'String', get: (item) => item.Name },
    IsSold: { type: 'Boolean', get: (item) => item.sales !== undefined },
    IsPurchased: { type: 'Boolean', get: (item) => item.purchase !== undefined },
  },
};

const itemToWire = ({ sales, purchase, tracked, ...fields }: Item) => ({
  ...fields,
  ...tracked,
  UpdatedDateUTC: msDate(settledAt),
  PurchaseDetails: purchase ?? {},
  SalesDetails: sales ?? {},
  IsTrackedAsInventory: tracked !== undefined,
  IsSold: sales !== undefined,
  IsPurchased: purchase !== undefined,
});

const currencyListing: Pick<Listing<{ Code: string; Description: string }>, 'table' | 'id'> = {
  id: ({ Code }) => Code,
  table: { $type: 'Currency', Code: { type: 'String', get: (currency) => currency.Code } },
};

const organisationToWire = (facts: OrganisationFacts) => ({
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
});
