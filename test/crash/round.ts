import { randomUUID } from 'node:crypto';
import { newDocument, sendDocument } from '#test/support/documents.ts';
import type { TestRedis } from '#test/support/redis.ts';
import type { Visit } from '#test/support/visit.ts';
import type { World } from '#test/support/world.ts';

/** A form that was saved until it was answered. `id` null: it never was. `isCut`: the kill met its first saving. */
export type Saved = { mark: string; id: string | null; isCut: boolean };

type Form = { mark: string; path: string; key: string; body: unknown };

const formsPerRound = 3;
/** Longer than a round of saving takes, so that some rounds end unharmed. */
const longestLifeMs = 250;
const mostSaves = 12;

/** Saves some forms at once, kills the server meanwhile, starts it again and saves them again until each is answered. */
export async function playRound(
  world: World,
  {
    contactId,
    random,
    redis,
  }: { contactId: string; random: () => number; redis?: Pick<TestRedis, 'forget'> | undefined },
): Promise<Saved[]> {
  const forms = Array.from({ length: formsPerRound }, () => newForm(contactId, random));
  const visit = await open(world);
  await addFaults(world, random);
  const first = Promise.allSettled(forms.map((form) => sendDocument(visit, form)));
  // Real time: a crash comes when it comes; whatever it meets has to hold.
  await new Promise((resolve) => setTimeout(resolve, random() * longestLifeMs));
  await world.restartProduct('SIGKILL');
  // As minutes would: its calls still count for Xero's limits, where a memory forgets them. Locks and leases stay.
  await redis?.forget('governor');
  const cut = (await first).map(({ status }) => status === 'rejected');
  const again = await open(world);
  const saved = await Promise.all(forms.map((form) => saveUntilAnswered(again, form)));
  await world.xero.control.clearFaults();
  return saved.map((one, place) => ({ ...one, isCut: cut[place] ?? false }));
}

function open(world: World): Promise<Visit> {
  return world.visit({ userId: 'olivia', recordType: 'contact', recordId: '1001' });
}

/** Faults that meet the writes before the kill, or the repetitions after it. */
async function addFaults({ xero }: World, random: () => number): Promise<void> {
  const path = '/(Invoices|Quotes)(/[^/]+/History)?$';
  for (let count = Math.floor(random() * 4); count > 0; count -= 1) {
    const kind = random() < 0.7 ? 'lose-answer' : 'drop';
    await xero.control.fault({ kind, method: 'PUT', path });
  }
}

function newForm(contactId: string, random: () => number): Form {
  const mark = `crash-${randomUUID()}`;
  const unitAmount = (Math.floor(random() * 100_000) / 100).toFixed(2);
  const quantity = String(1 + Math.floor(random() * 9));
  const form = (kind: 'quotes' | 'invoices' | 'bills', line: object, change: object): Form => ({
    mark,
    path: `/api/${kind}`,
    key: randomUUID(),
    body: newDocument(contactId, { lines: [{ description: mark, quantity, unitAmount, ...line }], ...change }),
  });
  const kind = Math.floor(random() * 3);
  if (kind === 0) return form('bills', { accountCode: '400', taxType: 'INPUT' }, { number: mark });
  const line = { accountCode: '200', taxType: 'OUTPUT' };
  return form(kind === 1 ? 'invoices' : 'quotes', line, { reference: mark });
}

async function saveUntilAnswered(visit: Visit, form: Form): Promise<Omit<Saved, 'isCut'>> {
  for (let count = 0; count < mostSaves; count += 1) {
    const { status, body } = await sendDocument(visit, form);
    const id = (body as { document?: { id: string } }).document?.id;
    if (status === 201 && id) return { mark: form.mark, id };
    if (status < 409 || status === 422) throw new Error(`${form.path} answered ${status}: ${JSON.stringify(body)}`);
  }
  return { mark: form.mark, id: null };
}
