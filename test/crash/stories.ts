import { sendDocument } from '#test/support/people/documents.ts';
import type { TestRedis } from '#test/support/programs/redis.ts';
import type { Beside, World } from '#test/support/world/world.ts';
import { type Form, newForm, readId, type Saved, saveUntilAnswered } from './form.ts';
import type { HeldMarks } from './hold-marks.ts';
import { openContact } from './round.ts';
import { stopBetweenMarkAndSending, stopSomewhere } from './stopped-process.ts';

export const storyNames = ['replaced', 'crowded', 'forgotten', 'stopped'] as const;
export type StoryName = (typeof storyNames)[number];

export type Stage = {
  world: World;
  random: () => number;
  tenantId: string;
  /** Of record 1001, and of record 1002 with more than a thousand documents. */
  contactId: string;
  crowdedId: string;
  redis?: Pick<TestRedis, 'forget'> | undefined;
  /** A second process on the same database and Redis. */
  second?: { beside: Beside; marks: HeldMarks } | undefined;
};

/** Each of these stories once made two documents from one form. */
export function playStory(stage: Stage, name: StoryName): Promise<Saved> {
  if (name === 'replaced') return replaceAnswer(stage);
  if (name === 'crowded') return changeThousands(stage);
  if (name === 'forgotten') return forgetKey(stage);
  return stage.second ? stopBetweenMarkAndSending(stage, stage.second) : stopSomewhere(stage);
}

const statuses = [400, 401, 403, 404, 405, 408, 409, 412, 413, 421, 425, 499];
const put = { method: 'PUT', path: '/(Invoices|Quotes)$' } as const;

/** The document is created, but a proxy answers a 4xx: to the first sending, or to the retry. */
async function replaceAnswer(stage: Stage): Promise<Saved> {
  const { world, random, contactId } = stage;
  const { control } = world.xero;
  const form = newForm(contactId, random, ['quotes', 'invoices', 'bills']);
  const status = statuses[Math.floor(random() * statuses.length)] ?? 404;
  const body = random() < 0.5 ? '<html><body>Not here</body></html>' : { Message: 'Not here' };
  if (random() < 0.5) {
    await control.fault({ kind: 'drop', ...put });
    await saveOnce(stage, form);
  }
  await control.fault({ kind: 'late-status', status, body, ...put });
  const isCut = (await saveOnce(stage, form)) === null;
  await passSomeTime(stage);
  return end(stage, form, { isCut });
}

/** More than a thousand documents of the contact change after the document was created and its answer lost. */
async function changeThousands(stage: Stage): Promise<Saved> {
  const { world, random, crowdedId, tenantId } = stage;
  const form = newForm(crowdedId, random, ['invoices', 'bills']);
  await world.xero.control.fault({ kind: 'lose-answer', ...put });
  const isCut = (await saveOnce(stage, form, '1002')) === null;
  await world.advanceSeconds(6 * 60);
  await world.xero.control.touch({ tenantId, contactId: crowdedId, isByPeople: true });
  await world.xero.control.forgetKeys();
  return end(stage, form, { isCut, recordId: '1002' });
}

/** Xero forgot the key too early. */
async function forgetKey(stage: Stage): Promise<Saved> {
  const { world, random, contactId } = stage;
  const form = newForm(contactId, random, ['quotes', 'invoices', 'bills']);
  await world.xero.control.fault({ kind: 'lose-answer', ...put });
  const isCut = (await saveOnce(stage, form)) === null;
  await world.xero.control.forgetKeys();
  return end(stage, form, { isCut });
}

async function saveOnce({ world }: Stage, form: Form, recordId?: string): Promise<string | null> {
  return readId(await sendDocument(await openContact(world, recordId), form));
}

/** Lets no time pass, or some within or beyond Xero's memory of a key. */
async function passSomeTime({ world, random }: Stage): Promise<void> {
  const seconds = [0, 120, 600][Math.floor(random() * 3)] ?? 0;
  if (seconds > 0) await world.advanceSeconds(seconds);
}

async function end(
  { world }: Stage,
  form: Form,
  { isCut, recordId }: { isCut: boolean; recordId?: string },
): Promise<Saved> {
  await world.xero.control.clearFaults();
  return { mark: form.mark, id: await saveUntilAnswered(await openContact(world, recordId), form), isCut };
}
