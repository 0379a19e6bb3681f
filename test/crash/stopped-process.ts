import { sendDocument } from '#test/support/documents.ts';
import type { Beside } from '#test/support/world.ts';
import { newForm, readId, type Saved, saveUntilAnswered } from './form.ts';
import type { HeldMarks } from './hold-marks.ts';
import { openContact } from './round.ts';
import type { Stage } from './stories.ts';

/** Longer than the bytes of a write have to leave after its mark, by the stopped process's own clocks. */
const stoppedMs = 5_500;
const sevenMinutes = 7 * 60;

/**
 * The first process is stopped between marking a write and sending it. The second one finishes it, Xero forgets the
 * key, and the first one goes on.
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
    // Stored now, and nobody there to read the database's answer.
    await marks.letGo();
    await world.advanceSeconds(sevenMinutes);
    // As ten seconds would: the lock of a process that renews it no more.
    await redis?.forget('flight');
    const [id] = await Promise.all([
      openContact(beside).then((second) => saveUntilAnswered(second, form)),
      pass(stoppedMs),
    ]);
    await world.xero.control.forgetKeys();
    await world.thawProduct();
    const stopped = readId(await first);
    const again = await saveUntilAnswered(await openContact(world), form);
    // One answer for all who asked, or none.
    const isSame = again === id && (stopped === null || stopped === id);
    return { mark: form.mark, id: isSame ? id : null, isCut: stopped === null };
  } finally {
    await world.thawProduct();
  }
}

/** There is one process only: it is stopped somewhere while it saves, and Xero forgets the key meanwhile. */
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
  // Real time: so long the process really stands still.
  return new Promise((resolve) => setTimeout(resolve, ms));
}
