import type { Books, Organisation, OrganisationFacts } from '../records/organisation.ts';
import { bulkTradingBooks } from './bulk-trading.ts';
import { demoCompanyBooks } from './demo-company.ts';
import { freshStartBooks } from './fresh-start.ts';
import { latePayersBooks } from './late-payers.ts';
import { bulkTrading, demoCompany, freshStart, latePayers } from './organisations.ts';

/** Every seed has the same four organisations. Its name says which comes first and is preselected. */
export type SeedName = 'story' | 'late-payers' | 'fresh-start' | 'bulk-trading';

export const seedNames: SeedName[] = ['story', 'late-payers', 'fresh-start', 'bulk-trading'];

const organisations: Record<SeedName, { facts: OrganisationFacts; write: (now: number) => Books }> = {
  story: { facts: demoCompany, write: demoCompanyBooks },
  'late-payers': { facts: latePayers, write: latePayersBooks },
  'fresh-start': { facts: freshStart, write: freshStartBooks },
  'bulk-trading': { facts: bulkTrading, write: bulkTradingBooks },
};

/** Days and times are counted from `now`. */
export function plantSeed(seed: SeedName, now: number): Organisation[] {
  const names = [seed, ...seedNames.filter((name) => name !== seed)];
  return names.map((name) => {
    const { facts, write } = organisations[name];
    return { ...facts, ...lockDates(name, now), books: onFirstUse(() => write(now)) };
  });
}

/** The demo company has closed its last financial year that ended at least two months ago. */
function lockDates(name: SeedName, now: number): Partial<OrganisationFacts> {
  if (name !== 'story') return {};
  const [year = '', month = ''] = new Date(now).toISOString().split('-');
  return { periodLockDate: `${Number(month) >= 9 ? year : Number(year) - 1}-06-30` };
}

function onFirstUse<Value>(make: () => Value): () => Value {
  let made: Value | undefined;
  return () => {
    made ??= make();
    return made;
  };
}
