import { fiveThousandCount, fiveThousandDue, fiveThousandName } from '../seeds/bulk-trading.ts';
import { bulkTrading } from '../seeds/organisations.ts';
import type { SeedName } from '../seeds/seed.ts';
import type { State } from '../state.ts';

export type SeedInfo = {
  seed: SeedName;
  organisations: {
    tenantId: string;
    name: string;
    shortCode: string;
    baseCurrency: string;
    timezone: string;
    /** ContactID by name, including archived contacts. */
    contacts: Record<string, string>;
  }[];
  /** The contact with many invoices, and the sum of them as a decimal. */
  fiveThousand: { tenantId: string; contactId: string; count: number; currency: string; amountDue: string };
};

export function toSeedInfo({ seed, organisations }: State): SeedInfo {
  const infos = organisations.map(({ books, tenantId, name, shortCode, baseCurrency, timezone }) => ({
    tenantId,
    name,
    shortCode,
    baseCurrency,
    timezone,
    contacts: Object.fromEntries([...books().contacts.values()].map(({ Name, ContactID }) => [Name, ContactID])),
  }));
  const bulk = infos.find(({ tenantId }) => tenantId === bulkTrading.tenantId);
  return {
    seed,
    organisations: infos,
    fiveThousand: {
      tenantId: bulkTrading.tenantId,
      contactId: bulk?.contacts[fiveThousandName] ?? '',
      count: fiveThousandCount,
      currency: bulkTrading.baseCurrency,
      amountDue: fiveThousandDue(),
    },
  };
}
