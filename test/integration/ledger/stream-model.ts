import { createClient } from 'redis';
import { getViewRoute } from '#shared/contract/session/view.ts';
import type { LinkedView } from '#shared/contract/view.ts';
import type { TestRedis } from '#test/support/programs/redis.ts';
import type { TestApp } from '#test/support/world/app.ts';
import { type Person, type StreamTest, startStreamTest, toLinked } from './stream-harness.ts';

export const peopleCount = 4;

/** Everything, or the keys that match this pattern, as after an eviction. */
const losses = {
  everything: '*',
  state: '*:state',
  covered: '*:covered:*',
  entries: '*entry:*',
  stamps: '*entry:*:stamp',
  documents: '*entry:*:documents',
  ids: '*entry:*:ids',
};
export type Loss = keyof typeof losses;

/** Two processes on one Redis and one Postgres, the second of which may be replaced, and Xero's data. */
export type StreamWorld = {
  people: readonly Person[];
  tenantId: string;
  control: TestApp['control'];
  /** Ids of this run's documents, oldest first. */
  invoices: string[];
  quotes: string[];
  view(person: number, process: number, isFresh?: boolean): Promise<LinkedView>;
  wake(process: number): Promise<void>;
  advanceSeconds(seconds: number): Promise<void>;
  restart(): Promise<void>;
  /** Deletes everything in Redis, or the keys that match. */
  lose(what: Loss): Promise<void>;
};

export type Processes = {
  first: StreamTest;
  second: StreamTest;
  redis: TestRedis;
  options: { redisUrl: string; databaseUrl: string };
};

/** Adds new people to the same processes. Data of earlier runs stays, as in an older system. */
export async function buildStreamWorld(processes: Processes): Promise<StreamWorld> {
  const { first, redis } = processes;
  const { control, clock } = first.app;
  const people = await first.addPeople(peopleCount);
  const pick = (process: number) => (process % 2 === 0 ? processes.first : processes.second);
  const untilIdle = async () => {
    for (const { app } of [processes.first, processes.second]) await app.deps.ledger.untilIdle();
  };
  return {
    people,
    tenantId: first.tenantId,
    control,
    invoices: [],
    quotes: [],
    async view(person, process, isFresh = false) {
      const visit = await pick(process).open(people[person % people.length] ?? { recordId: '' });
      if (!isFresh) return toLinked(visit.opened.view);
      return toLinked(await visit.call(getViewRoute, { query: { fresh: 'true' } }));
    },
    wake: (process) => pick(process).app.deps.changes.wake(first.tenantId),
    async advanceSeconds(seconds) {
      await control.clock({ advanceSeconds: seconds });
      clock.advanceSeconds(seconds);
      await untilIdle();
    },
    async restart() {
      await processes.second.app.stop();
      processes.second = await startStreamTest({ ...processes.options, beside: first.app });
    },
    lose: (what) => lose(redis.url, what),
  };
}

async function lose(url: string, what: Loss): Promise<void> {
  const client = createClient({ url });
  await client.connect();
  try {
    const keys = await client.keys(losses[what]);
    if (what === 'everything') await client.flushAll();
    else if (keys.length > 0) await client.del(keys);
  } finally {
    await client.close();
  }
}

/** The sums computed from Xero's own data: counts and cents of invoices and bills owed, and of open quotes. */
export async function addUp({ control, tenantId }: StreamWorld, contactId: string): Promise<Record<string, string>> {
  const { invoices, bills, quotes } = await control.documents({ tenantId, contactId });
  const isOwed = ({ Status, AmountDue }: { Status: string; AmountDue: number }) =>
    Status === 'AUTHORISED' && AmountDue > 0;
  const isDraft = ({ Status }: { Status: string }) => ['DRAFT', 'SUBMITTED'].includes(Status);
  const sum = (amounts: number[]) =>
    `${amounts.length}: ${amounts.reduce((cents, one) => cents + Math.round(one * 100), 0)}`;
  return {
    invoices: sum(invoices.filter(isOwed).map(({ AmountDue }) => AmountDue)),
    bills: sum(bills.filter(isOwed).map(({ AmountDue }) => AmountDue)),
    drafts: sum(invoices.filter(isDraft).map(({ Total }) => Total)),
    openQuotes: sum(quotes.filter(({ Status }) => ['DRAFT', 'SENT'].includes(Status)).map(({ Total }) => Total)),
    acceptedQuotes: sum(quotes.filter(({ Status }) => Status === 'ACCEPTED').map(({ Total }) => Total)),
  };
}

/** The same sums from a view. */
export function readView({ summary }: LinkedView): Record<string, string> {
  if (!summary) return {};
  type Shown = { count: number; totals: readonly { amount: string }[] } | undefined;
  const sum = (figure: Shown) => `${figure?.count}: ${Math.round(Number(figure?.totals[0]?.amount ?? 0) * 100)}`;
  return {
    invoices: sum(summary.outstandingInvoices),
    bills: sum(summary.outstandingBills),
    drafts: sum(summary.drafts.invoices),
    openQuotes: sum(summary.openQuotes),
    acceptedQuotes: sum(summary.acceptedQuotes),
  };
}
