import { z } from 'zod';
import { dividedBy, exact, plus, rounded, times } from './exact.ts';
import type { OrganisationFacts, TaxRate } from './organisation.ts';
import { amount } from './writing/sent.ts';

const text = z.string().optional();

export const sentTaxRateSchema = z.object({
  Name: text,
  TaxType: text,
  ReportTaxType: text,
  Status: z.enum(['ACTIVE', 'DELETED']).optional(),
  TaxComponents: z.array(z.object({ Name: z.string(), Rate: amount, IsCompound: z.boolean().optional() })).optional(),
});

export type SentTaxRate = z.infer<typeof sentTaxRateSchema>;

export function findTaxRate(rates: TaxRate[], { TaxType, Name }: SentTaxRate): TaxRate | undefined {
  return rates.find((rate) => (TaxType ? rate.TaxType === TaxType : rate.Name === Name));
}

/** Xero numbers the rates that an organisation or an app adds. The others are its own. */
function isCustom({ TaxType }: TaxRate): boolean {
  return /^TAX\d+$/.test(TaxType);
}

type Place = Pick<OrganisationFacts, 'countryCode'>;

/** Why Xero would refuse this tax rate. `known` is the rate to update. */
export function taxRateProblems(
  { countryCode }: Place,
  rates: TaxRate[],
  sent: SentTaxRate,
  known: TaxRate | undefined,
): string[] {
  const isTaken = rates.some((rate) => rate !== known && rate.Name.toLowerCase() === sent.Name?.toLowerCase());
  const hasReport = countryCode === 'US' || known !== undefined || sent.ReportTaxType !== undefined;
  const isPriced = sent.TaxComponents?.every(({ Rate }) => Rate !== undefined && Rate >= 0) ?? known !== undefined;
  return [
    ...(known && !isCustom(known) ? ['A tax rate of Xero itself cannot be changed'] : []),
    ...(known || sent.Name ? [] : ['The tax rate name must be specified']),
    ...(isTaken ? ['A tax rate with this name already exists'] : []),
    ...(isPriced && sent.TaxComponents?.length !== 0 ? [] : ['A tax rate needs at least one component with a rate']),
    ...(hasReport ? [] : ['The ReportTaxType must be specified']),
  ];
}

/** Saves a valid tax rate. */
export function saveTaxRate(rates: TaxRate[], sent: SentTaxRate, known: TaxRate | undefined): TaxRate {
  const rate = known ?? newTaxRate(rates, sent);
  if (sent.Name) rate.Name = sent.Name;
  if (sent.Status) rate.Status = sent.Status;
  if (sent.ReportTaxType) Object.assign(rate, reportOf(sent.ReportTaxType));
  if (sent.TaxComponents) {
    rate.components = sent.TaxComponents.map(({ Name, Rate = 0, IsCompound = false }) => ({ Name, Rate, IsCompound }));
    rate.rate = effectiveRate(rate.components);
  }
  if (!known) rates.push(rate);
  return rate;
}

function newTaxRate(rates: TaxRate[], { Name = '' }: SentTaxRate): TaxRate {
  const numbers = rates.filter(isCustom).map(({ TaxType }) => Number(TaxType.slice('TAX'.length)));
  const TaxType = `TAX${String(Math.max(0, ...numbers) + 1).padStart(3, '0')}`;
  return { Name, TaxType, ...reportOf('NONE'), rate: 0, Status: 'ACTIVE' };
}

/** What is reported as a purchase's tax does not suit sales, and the other way round. */
function reportOf(ReportTaxType: string): Pick<TaxRate, 'ReportTaxType' | 'appliesTo'> {
  const others: TaxRate['appliesTo'] = ['Assets', 'Equity', 'Liabilities'];
  if (/INPUT|EXPENSES/.test(ReportTaxType)) return { ReportTaxType, appliesTo: [...others, 'Expenses'] };
  if (/OUTPUT/.test(ReportTaxType)) return { ReportTaxType, appliesTo: [...others, 'Revenue'] };
  return { ReportTaxType, appliesTo: [...others, 'Expenses', 'Revenue'] };
}

/** A compound component is charged on the amount and the other components' tax. Four decimals. */
function effectiveRate(components: NonNullable<TaxRate['components']>): number {
  const sumOf = (isCompound: boolean) =>
    components
      .filter((component) => component.IsCompound === isCompound)
      .reduce((sum, { Rate }) => plus(sum, exact(Rate)), exact(0));
  const [simple, compound] = [sumOf(false), sumOf(true)];
  const onTop = dividedBy(times(compound, plus(exact(100), simple)), exact(100));
  return rounded(plus(simple, onTop), 4);
}
