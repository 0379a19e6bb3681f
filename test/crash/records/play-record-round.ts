import type { BatchAnswer } from '#shared/contract/sync/records.ts';
import type { RecordStage } from './record-stage.ts';
import { isAtRest } from './settled.ts';
import { buildStory, type Story, type Told } from './story.ts';

/** Longer than sending a round's records takes, so that some rounds are not interrupted. */
const longestLifeMs = 900;

/**
 * Hands the records of one story over, kills the server once or twice meanwhile, starts it again, and waits until every
 * record has come to rest. Resolves with the story as the CRM has it in the end. `cut`: kills that interrupted something.
 */
export async function playRecordRound(
  stage: RecordStage,
  prefix: string,
): Promise<{ story: Story; told: Told[]; kills: number; cut: number }> {
  const { random } = stage;
  const story = buildStory(prefix, random);
  await addFaults(stage);
  const delivering = deliver(stage, story);
  // A failure is reported where it is awaited.
  delivering.catch(() => undefined);
  const kills = random() < 0.35 ? 2 : 1;
  let cut = 0;
  for (let count = 0; count < kills; count += 1) {
    // Real time: a crash may come at any moment.
    await pass(random() * 250);
    // What arrived is gathered for a moment before it is sent.
    await stage.advanceSeconds(2);
    await pass(random() * longestLifeMs);
    cut += await killAndStart(stage, prefix);
  }
  await delivering;
  if (random() < 0.3) await stage.world.xero.control.forgetKeys();
  await stage.world.xero.control.clearFaults();
  await settle(stage, story);
  const latest = new Map([...story.first, ...story.edits].map((told) => [`${told.kind}/${told.crmId}`, told]));
  return { story, told: [...latest.values()], kills, cut };
}

/** Sends the records in batches, then their edits. What was not answered is sent again, as a CRM does. */
async function deliver({ send, random }: RecordStage, { first, edits }: Story): Promise<void> {
  const size = random() < 0.5 ? first.length : 7;
  for (let start = 0; start < first.length; start += size) {
    const records = first.slice(start, start + size).map(({ kind, crmId, version, data }) => ({
      ...{ kind, crmId, version, data },
    }));
    const { results } = await send<BatchAnswer>('POST', '/api/records/batch', { records });
    const refused = results.find(({ status }) => status !== 202);
    if (refused) throw new Error(`a record was not taken: ${JSON.stringify(refused)}`);
  }
  // Real time: an edit may come before, while or after the record is sent.
  await pass(random() * 2 * longestLifeMs);
  for (const { kind, crmId, version, data, deletedAs } of edits) {
    const path = `/api/records/${kind}/${crmId}`;
    if (deletedAs !== undefined) await send('DELETE', `${path}?version=${deletedAs}`);
    else await send('PUT', path, { version, data });
  }
}

async function killAndStart({ world, redis, random, list, ...stage }: RecordStage, prefix: string): Promise<number> {
  await world.product().stop('SIGKILL');
  // Acts as if minutes had passed: calls of the dead process still count for the limits, and its jobs are still locked.
  await redis?.forget('governor');
  if (random() < 0.9) await redis?.forget('jobs');
  await world.restartProduct();
  const isCut = (await list(prefix)).some((record) => !isAtRest(record));
  // The leases of the dead process end.
  await stage.advanceSeconds(11);
  return isCut ? 1 : 0;
}

const calls = [
  'Invoices',
  'Contacts',
  'Items',
  'Payments',
  'PurchaseOrders',
  'CreditNotes',
  'Allocations',
  'Attachments',
];
const faults = [
  { kind: 'lose-answer' },
  { kind: 'lose-answer' },
  { kind: 'drop' },
  { kind: 'truncate' },
  { kind: 'html' },
  { kind: 'late-status', status: 500 },
  { kind: 'status', status: 503 },
  { kind: 'status', status: 429, problem: 'minute', retryAfterSeconds: 20 },
] as const;

/** Faults of Xero before the kill or after it, most of them in calls that write. */
async function addFaults({ world, random }: RecordStage): Promise<void> {
  for (let count = Math.floor(random() * 4); count > 0; count -= 1) {
    const fault = faults[Math.floor(random() * faults.length)];
    const path = `/${calls[Math.floor(random() * calls.length)]}`;
    const method = random() < 0.7 ? 'PUT' : random() < 0.5 ? 'POST' : 'GET';
    if (fault) await world.xero.control.fault({ ...fault, method, path });
  }
}

const mostLooks = 600;

/** Lets time go on, while nothing moves, until every record has come to rest. */
async function settle(stage: RecordStage, { prefix, first }: Story): Promise<void> {
  const mayEnd = new Map(first.map(({ kind, crmId, end }) => [`${kind}/${crmId}`, end]));
  let before = '';
  for (let looks = 0; looks < mostLooks; looks += 1) {
    const records = await stage.list(prefix);
    const open = records.filter(
      (record) => !isAtRest(record) || (record.state === 'problem' && mayEnd.get(toName(record)) !== 'problem'),
    );
    if (open.length === 0) return;
    const now = JSON.stringify(
      open.map(({ kind, crmId, state, nextTryAt, tries }) => [kind, crmId, state, nextTryAt, tries]),
    );
    // Work in progress gets some real time before the clocks are moved.
    if (now === before && looks % 3 === 0) await stage.advanceSeconds(20);
    before = now;
    await pass(50);
  }
}

function toName({ kind, crmId }: { kind: string; crmId: string | null }): string {
  return `${kind}/${crmId}`;
}

function pass(ms: number): Promise<void> {
  // Real time: the server really works meanwhile.
  return new Promise((resolve) => setTimeout(resolve, ms));
}
