import { randomUUID } from 'node:crypto';
import type { TestRedis } from '#test/support/programs/redis.ts';
import type { World } from '#test/support/world/world.ts';
import { type Count, countDocuments, mergeCounts, noCount } from './count.ts';
import { openHeldMarks } from './hold-marks.ts';
import { buildRandom } from './random.ts';
import { playRound } from './round.ts';
import { playStory, type Stage, storyNames } from './stories.ts';

export type Run<Counted = Count> = {
  rounds: number;
  seed: number;
  onRound?: (round: number, count: Counted) => void;
  /** Set when the server's cache outlives it. */
  redis?: Pick<TestRedis, 'forget'> | undefined;
  /** Postgres's URL. With Redis, a second process runs beside the one that is killed. */
  databaseUrl?: string | undefined;
};

/** Few enough documents that opening the record costs the same in the last round as in the first. */
const roundsPerContact = 20;

/** Plays the rounds one after the other in one world, each followed by a story, and counts all of them. */
export async function runRounds(world: World, run: Run): Promise<Count> {
  await world.xero.control.limits({ minute: 1_000_000, day: 10_000_000, appMinute: 10_000_000, inFlight: 1_000 });
  await world.admin.connect();
  const stage = await setStage(world, run);
  let count = noCount;
  try {
    for (let round = 1; round <= run.rounds; round += 1) {
      if (round % roundsPerContact === 0) stage.contactId = await linkNewContact(world, stage.tenantId, '1001');
      count = mergeCounts(count, await playAndCount(stage, round));
      run.onRound?.(round, count);
    }
  } finally {
    await stage.second?.marks.close();
  }
  return count;
}

async function playAndCount(stage: Stage, round: number): Promise<Count> {
  const { world, contactId, crowdedId } = stage;
  const story = storyNames[(round - 1) % storyNames.length] ?? 'replaced';
  const saved = await playRound(world, stage);
  const [killed, told] = [
    await countDocuments(world, contactId, saved),
    await countDocuments(world, story === 'crowded' ? crowdedId : contactId, [await playStory(stage, story)]),
  ];
  return mergeCounts({ ...killed, rounds: 1 }, { ...told, cut: 0, stories: 1, [story]: 1, storiesCut: told.cut });
}

async function setStage(world: World, { seed, redis, databaseUrl }: Run): Promise<Stage> {
  const tenantId = (await world.xero.control.seedInfo()).organisations[0]?.tenantId ?? '';
  const crowdedId = await linkNewContact(world, tenantId, '1002');
  await addDocuments(world, tenantId, crowdedId);
  const contactId = await linkNewContact(world, tenantId, '1001');
  const isShared = databaseUrl !== undefined && redis !== undefined;
  const second = isShared ? { beside: await world.startBeside(), marks: await openHeldMarks(databaseUrl) } : undefined;
  return { world, random: buildRandom(seed), tenantId, contactId, crowdedId, redis, second };
}

async function linkNewContact({ xero, admin }: World, tenantId: string, recordId: string): Promise<string> {
  const name = `Crash ${randomUUID()}`;
  await xero.control.addContact({ tenantId, Name: name });
  await admin.unlink({ type: 'contact', id: recordId }).catch(() => undefined);
  return (await admin.link({ type: 'contact', id: recordId }, name)).contactId;
}

/** More than a search of a thousand covers. They are paid, so that no view loads them. */
async function addDocuments({ xero }: World, tenantId: string, contactId: string): Promise<void> {
  const many = Array.from({ length: 1_050 }, (_, place) => place);
  for (const place of many) {
    await xero.control.addInvoice({
      ...{ tenantId, Contact: { ContactID: contactId }, Type: 'ACCREC', Reference: `old ${place}` },
      ...{ Status: 'AUTHORISED', Date: '2026-10-01', DueDate: '2026-10-31', Total: 10, AmountPaid: 10 },
    });
  }
}

/** A long run makes more calls than a day allows. */
export const crashEnvironment = { LOG_LEVEL: 'warn', XERO_DAILY_CALLS: '10000000' };
