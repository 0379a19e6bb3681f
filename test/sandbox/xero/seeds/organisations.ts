import { stableId } from '../ids.ts';
import type { OrganisationFacts } from '../records/organisation.ts';

/** The four organisations of every seed, in the consent page's order. */
export const demoCompany: OrganisationFacts = {
  tenantId: stableId('organisation', 'Demo Company (AU)'),
  name: 'Demo Company (AU)',
  legalName: 'Demo Company (AU) Pty Ltd',
  shortCode: '!d8x2K',
  baseCurrency: 'AUD',
  countryCode: 'AU',
  version: 'AU',
  timezone: 'AUSEASTERNSTANDARDTIME',
  taxNumber: '11 111 111 138',
  isDemoCompany: true,
  financialYearEnd: { day: 30, month: 6 },
};

export const latePayers: OrganisationFacts = {
  tenantId: stableId('organisation', 'Late Payers Ltd'),
  name: 'Late Payers Ltd',
  legalName: 'Late Payers Limited',
  shortCode: '!L4teP',
  baseCurrency: 'GBP',
  countryCode: 'GB',
  version: 'UK',
  timezone: 'GMTSTANDARDTIME',
  taxNumber: 'GB 123456789',
  isDemoCompany: false,
  financialYearEnd: { day: 31, month: 3 },
  paymentTerms: { Sales: { Day: 30, Type: 'DAYSAFTERBILLDATE' }, Bills: { Day: 31, Type: 'OFFOLLOWINGMONTH' } },
};

export const freshStart: OrganisationFacts = {
  tenantId: stableId('organisation', 'Fresh Start LLC'),
  name: 'Fresh Start LLC',
  legalName: 'Fresh Start LLC',
  shortCode: '!fR3sh',
  baseCurrency: 'USD',
  countryCode: 'US',
  version: 'US',
  timezone: 'EASTERNSTANDARDTIME',
  taxNumber: '12-3456789',
  isDemoCompany: false,
  financialYearEnd: { day: 31, month: 12 },
};

export const bulkTrading: OrganisationFacts = {
  tenantId: stableId('organisation', 'Bulk Trading Co'),
  name: 'Bulk Trading Co',
  legalName: 'Bulk Trading Company Limited',
  shortCode: '!bU7kT',
  baseCurrency: 'NZD',
  countryCode: 'NZ',
  version: 'NZ',
  timezone: 'NEWZEALANDSTANDARDTIME',
  taxNumber: '071-138-054',
  isDemoCompany: false,
  financialYearEnd: { day: 31, month: 3 },
};
