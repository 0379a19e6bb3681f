import type { Books, Organisation, OrganisationFacts } from '../records/organisation.ts';
import { bulkTradingBooks } from './bulk-trading.ts';
import { demoCompanyBooks } from './demo-company.ts';
import { freshStartBooks } from './fresh-start.ts';
import { latePayersBooks } from './late-payers.ts';
import { bulkTrading, demoCompany, freshStart, latePayers } from './organisations.ts';

/** Every seed holds the same four organisations; its name says which stands first, chosen unless told. */
export type SeedName = 'story' | 'late-payers' | 'fresh-start' | 'bulk-trading';

export const seedNames: SeedName[] = ['story', 'late-payers', 'fresh-start', 'bulk-trading'];

const organisations: Record<SeedName, { facts: OrganisationFacts; write: (now: number) => Books }> = {
  story: { facts: demoCompany, write: demoCompanyBooks },
  'late-payers': { facts: latePayers, write: latePayersBooks },
  'fresh-start': { facts: freshStart, write: freshStartBooks },
  'bulk-trading': { facts: bulkTrading, write: bulkTradingBooks },
};

/** Days and times are counted from `now`. */
export const plantSeed = (seed: SeedName, now: number): Organisation[] => {
  const names = [seed, ...seedNames.filter((name) => name !== seed)];
  return names.map((name) => {
    const { facts, write } = organisations[name];
    return { ...facts, books: onFirstUse(() => write(now)) };
  });
};

const onFirstUse = <Value>(make: () => Value): (() => Value) => {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
};
