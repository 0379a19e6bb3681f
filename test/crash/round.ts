import { sendDocument } from '#test/support/people/documents.ts';
import type { TestRedis } from '#test/support/programs/redis.ts';
import type { World } from '#test/support/world/world.ts';
import { newForm, patiently, type Saved, saveUntilAnswered } from './form.ts';

const formsPerRound = 3;
/** Longer than a round of saving takes, so that some rounds are not interrupted. */
const longestLifeMs = 250;

type Round = { contactId: string; random: () => number; redis?: Pick<TestRedis, 'forget'> | undefined };

/**
 * Saves some forms at once, kills the server meanwhile, starts it again, and saves the forms again until each is
 * answered.
 */
export async function playRound(world: World, { contactId, random, redis }: Round): Promise<Saved[]> {
  const forms = Array.from({ length: formsPerRound }, () =>
    newForm(contactId, random, ['quotes', 'invoices', 'bills']),
  );
  const visit = await openContact(world);
  await addFaults(world, random);
  const first = Promise.allSettled(forms.map((form) => sendDocument(visit, form)));
  // Real time: a crash may come at any moment.
  await new Promise((resolve) => setTimeout(resolve, random() * longestLifeMs));
  await world.restartProduct('SIGKILL');
  // Acts as if minutes had passed, because its calls would still count for the limits. Locks and leases stay.
  await redis?.forget('governor');
  const cut = (await first).map(({ status }) => status === 'rejected');
  const again = await openContact(world);
  const ids = await Promise.all(forms.map((form) => saveUntilAnswered(again, form)));
  await world.xero.control.clearFaults();
  return forms.map(({ mark }, place) => ({ mark, id: ids[place] ?? null, isCut: cut[place] ?? false }));
}

export function openContact(world: Pick<World, 'visit'>, recordId = '1001') {
  return patiently(() => world.visit({ userId: 'olivia', recordType: 'contact', recordId }));
}

/** Faults for the writes before the kill, or for the retries after it. */
async function addFaults({ xero }: World, random: () => number): Promise<void> {
  const path = '/(Invoices|Quotes)(/[^/]+/History)?$';
  for (let count = Math.floor(random() * 4); count > 0; count -= 1) {
    const kind = random() < 0.7 ? 'lose-answer' : 'drop';
    await xero.control.fault({ kind, method: 'PUT', path });
  }
}
