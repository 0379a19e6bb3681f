import { randomUUID } from 'node:crypto';
import { newDocument, sendDocument } from '#test/support/people/documents.ts';
import type { Person } from '#test/support/people/people.ts';
import type { Visit } from '#test/support/people/visit.ts';
import type { Fleet } from './fleet.ts';
import type { Tally } from './tally.ts';

export type Crowd = {
  fleet: Fleet;
  people: readonly Person[];
  tally: Tally;
  random: () => number;
  ending: AbortSignal;
};

const crmOrigin = 'http://127.0.0.1:4999';
/** The time between two records that a person opens. */
const thinkSeconds = { least: 60, most: 240 };

/** A salesperson who works until the run is over: opens records, refreshes, reads lists, links and adds invoices. */
export async function work(crowd: Crowd, userId: string): Promise<void> {
  const { fleet, people, random, tally, ending } = crowd;
  const rest = (seconds: number) => fleet.clock.sleep(seconds * 1000, ending).catch(() => undefined);
  await rest(random() * thinkSeconds.most);
  while (!ending.aborted) {
    const person = people[Math.floor(random() * people.length)];
    if (person) await visit(crowd, userId, person, rest).catch((error: Error) => tally.noteTrouble(error));
    await rest(thinkSeconds.least + random() * (thinkSeconds.most - thinkSeconds.least));
  }
}

type Rest = (seconds: number) => Promise<void>;

async function visit(crowd: Crowd, userId: string, person: Person, rest: Rest): Promise<void> {
  const { fleet, random, ending } = crowd;
  const beganMs = fleet.clock.now().getTime();
  const visit = await fleet.visit({
    userId: 'ben',
    recordType: 'contact',
    recordId: '1001',
    claims: claimsOf(userId, person),
  });
  crowd.tally.note('open');
  await waitForFigures(crowd, { visit, answer: visit.opened.view, beganMs, rest });
  const deeds = [
    { chance: 0.1, run: () => refresh(crowd, visit, rest) },
    {
      chance: 0.3,
      run: () => visit.send('GET', '/api/documents?kind=invoice').then(() => crowd.tally.note('details')),
    },
    { chance: 0.06, run: () => addInvoice(crowd, visit, person, rest) },
    { chance: 0.1, run: () => linkAgain(crowd, visit, person) },
  ];
  for (const { chance, run } of deeds) if (!ending.aborted && random() < chance) await run();
}

function claimsOf(userId: string, { id, name }: Person): Record<string, unknown> {
  return {
    sub: userId,
    user: { name: userId, email: `${userId}@crm.example`, admin: false },
    record: { type: 'contact', id, name, url: `${crmOrigin}/contacts/${id}` },
    company: undefined,
  };
}

async function refresh(crowd: Crowd, visit: Visit, rest: Rest): Promise<void> {
  const beganMs = crowd.fleet.clock.now().getTime();
  const { body } = await visit.send('GET', '/api/view?fresh=true');
  crowd.tally.note('refresh');
  await waitForFigures(crowd, { visit, answer: body, beganMs, rest });
}

type Answer = { summary?: unknown; error?: { code: string; retryAfterSeconds?: number } };

type Asked = { visit: Visit; answer: unknown; beganMs: number; rest: Rest };

/** Acts like the widget when Xero asks to wait: counts down and asks again. Measures by the moved clock. */
async function waitForFigures({ fleet, tally, ending }: Crowd, { visit, answer, beganMs, rest }: Asked): Promise<void> {
  let view = answer as Answer;
  while (view.error && !ending.aborted) {
    tally.noteRefusal(view.error.code);
    if (view.error.code === 'xero_day_limit') return;
    await rest(view.error.retryAfterSeconds ?? 10);
    const { status, body } = await visit.send('GET', '/api/view');
    // If the session has ended, the page would open the widget again.
    if (status !== 200) return;
    view = body as Answer;
  }
  if (!ending.aborted) tally.noteFigures((fleet.clock.now().getTime() - beganMs) / 1000);
}

async function linkAgain({ fleet, tally }: Crowd, visit: Visit, { contactId }: Person): Promise<void> {
  const beganMs = fleet.clock.now().getTime();
  const { status } = await visit.send('PUT', '/api/link', { contactId });
  tally.note(status === 200 ? 'link' : 'link refused');
  tally.noteAct((fleet.clock.now().getTime() - beganMs) / 1000);
}

async function addInvoice(crowd: Crowd, visit: Visit, { contactId }: Person, rest: Rest): Promise<void> {
  const { tally, ending } = crowd;
  const mark = randomUUID();
  const form = { path: '/api/invoices', key: mark, body: newDocument(contactId, { reference: mark }) };
  for (let attempt = 0; attempt < 5 && !ending.aborted; attempt += 1) {
    const { status, body } = await sendDocument(visit, form);
    if (status === 201) return tally.noteInvoice(mark);
    tally.noteRefusal(String(body.code));
    if (body.code === 'xero_day_limit' || status === 422 || status === 401) return;
    await rest(Number(body.retryAfterSeconds ?? 10));
  }
}
