import { sendDocument } from '#test/support/people/documents.ts';
import type { Beside } from '#test/support/world/world.ts';
import { newForm, readId, type Saved, saveUntilAnswered } from './form.ts';
import type { HeldMarks } from './hold-marks.ts';
import { openContact } from './round.ts';
import type { Stage } from './stories.ts';

/** Longer than the time that a write has to be sent after its mark, by the suspended process's own clocks. */
const stoppedMs = 5_500;
const sevenMinutes = 7 * 60;

/**
 * Suspends the first process between marking a write and sending it. The second process finishes it, Xero forgets the
 * key, and the first process resumes.
 */
export async function stopBetweenMarkAndSending(
  { world, random, contactId, redis }: Stage,
  { beside, marks }: { beside: Beside; marks: HeldMarks },
): Promise<Saved> {
  const form = newForm(contactId, random, ['quotes', 'invoices', 'bills']);
  const visit = await openContact(world);
  await marks.hold();
  const first = sendDocument(visit, form);
  await marks.waitForOne();
  world.freezeProduct();
  try {
    // Stored now, while the process cannot read the database's answer.
    await marks.letGo();
    await world.advanceSeconds(sevenMinutes);
    // Acts as if ten seconds had passed: the lock of a process that does not renew it expires.
    await redis?.forget('flight');
    const [id] = await Promise.all([
      openContact(beside).then((second) => saveUntilAnswered(second, form)),
      pass(stoppedMs),
    ]);
    await world.xero.control.forgetKeys();
    await world.thawProduct();
    const stopped = readId(await first);
    const again = await saveUntilAnswered(await openContact(world), form);
    // Everybody gets the same answer, or none.
    const isSame = again === id && (stopped === null || stopped === id);
    return { mark: form.mark, id: isSame ? id : null, isCut: stopped === null };
  } finally {
    await world.thawProduct();
  }
}

/** With one process only: suspends it at some point while it saves, and Xero forgets the key meanwhile. */
export async function stopSomewhere({ world, random, contactId }: Stage): Promise<Saved> {
  const form = newForm(contactId, random, ['quotes', 'invoices', 'bills']);
  const visit = await openContact(world);
  const first = sendDocument(visit, form);
  await pass(random() * 150);
  world.freezeProduct();
  try {
    await world.advanceSeconds(sevenMinutes);
    await pass(stoppedMs);
    await world.xero.control.forgetKeys();
    await world.thawProduct();
    const isCut = readId(await first) === null;
    return { mark: form.mark, id: await saveUntilAnswered(await openContact(world), form), isCut };
  } finally {
    await world.thawProduct();
  }
}

function pass(ms: number): Promise<void> {
  // Real time: the process is really suspended.
  return new Promise((resolve) => setTimeout(resolve, ms));
}
