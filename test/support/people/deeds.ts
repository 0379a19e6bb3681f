import { randomUUID } from 'node:crypto';
import type { Store } from '#server/store/store.ts';
import type { xeroControl } from '#test/sandbox/xero/control.ts';
import { newDocument, sendDocument } from './documents.ts';
import type { Visit, VisitRequest } from './visit.ts';

type Reach = {
  visit(request: VisitRequest): Promise<Visit>;
  control: ReturnType<typeof xeroControl>;
  /** Direct access to the database. */
  store: Pick<Store, 'links' | 'defaults'>;
  workspaceId: string;
};

/** `code` is a problem's code. Status 0: no answer arrived, so the outcome is unknown. */
export type Outcome = { status: number; code?: string };

/** An action that must not be lost once it was answered. Each run is identified by its own mark. */
export type Deed = {
  name: string;
  /** Each mark is a record of its own, of which there are as many as the session knows. */
  hasRecord: boolean;
  run(mark: string): Promise<Outcome>;
  isKept(mark: string): Promise<boolean>;
};

const mostRecords = 400;
function recordOf(mark: string) {
  return { type: 'contact' as const, id: mark };
}

/**
 * What a salesperson and an admin change: starting a session, linking a record, adding an invoice, saving the defaults.
 */
export async function buildDeeds(reach: Reach): Promise<{ marks: string[]; session: Visit; deeds: Deed[] }> {
  const { visit, control, store, workspaceId } = reach;
  const marks = Array.from({ length: mostRecords }, () => randomUUID());
  const contacts = marks.map((id) => ({ id, name: `Person ${id}` }));
  const session = await visit({ userId: 'olivia', recordType: 'company', recordId: '501', claims: { contacts } });
  const settings = await visit({ userId: 'olivia', recordType: 'settings' });
  const { organisations } = await control.seedInfo();
  const [organisation] = organisations;
  const tenantId = organisation?.tenantId ?? '';
  const contactId = organisation?.contacts['Harbour Lights Pty Ltd'] ?? '';
  const opened = new Map<string, Visit>();
  const saved: string[] = [];
  const deeds: Deed[] = [
    {
      name: 'link',
      hasRecord: true,
      run: async (mark) => toOutcome(await session.send('PUT', '/api/link', { contactId, record: recordOf(mark) })),
      isKept: async (mark) => (await store.links.find(workspaceId, tenantId, recordOf(mark))) !== undefined,
    },
    {
      name: 'invoice',
      hasRecord: true,
      run: async (mark) => {
        const body = newDocument(contactId, { reference: mark });
        return toOutcome(await sendDocument(session, { path: '/api/invoices', key: mark, body }));
      },
      isKept: async (mark) => {
        const { invoices } = await control.documents({ tenantId, contactId });
        return invoices.filter(({ Reference }) => Reference === mark).length === 1;
      },
    },
    {
      name: 'defaults',
      hasRecord: false,
      run: async (mark) => {
        const defaults = { salesAccountCode: mark.slice(0, 8) };
        const outcome = toOutcome(await settings.send('PUT', '/api/settings', { defaults }));
        if (outcome.status === 200) saved.push(mark);
        return outcome;
      },
      // The last one answered must still be stored.
      isKept: async () =>
        (await store.defaults.find(workspaceId, tenantId)).salesAccountCode === saved.at(-1)?.slice(0, 8),
    },
    {
      name: 'open',
      hasRecord: false,
      run: async (mark) => {
        const request = { userId: 'olivia', recordType: 'contact', recordId: '1001' };
        return visit(request).then(
          (one) => {
            opened.set(mark, one);
            return { status: 200 };
          },
          (error: Error) => toRefusal(error),
        );
      },
      isKept: async (mark) => (await opened.get(mark)?.send('GET', '/api/view'))?.status === 200,
    },
  ];
  return { marks, session, deeds };
}

function toOutcome({ status, body }: { status: number; body: unknown }): Outcome {
  const { code } = (body ?? {}) as { code?: string };
  return { status, ...(code !== undefined && { code }) };
}

/** A visit rejects with the answer as text. */
function toRefusal({ message }: Error): Outcome {
  const [, status, code] = /answered (\d+): .*"code":"(\w+)"/.exec(message) ?? [];
  return status === undefined ? { status: 0 } : { status: Number(status), ...(code !== undefined && { code }) };
}

/** Runs deeds and remembers which were answered. */
export function buildTally(marks: readonly string[]) {
  const done: { deed: Deed; mark: string }[] = [];
  let next = 0;
  return {
    async attempt(deed: Deed): Promise<Outcome & { mark: string }> {
      const mark = (deed.hasRecord && marks[next]) || randomUUID();
      if (deed.hasRecord) next += 1;
      const outcome = await deed.run(mark).catch(() => ({ status: 0 }));
      if (outcome.status >= 200 && outcome.status < 300) done.push({ deed, mark });
      return { ...outcome, mark };
    },
    count: () => done.length,
    /** Names of deeds that were answered but are not stored. */
    async listLost(): Promise<string[]> {
      const kept = await Promise.all(
        done.map(async ({ deed, mark }) => ((await deed.isKept(mark)) ? [] : [deed.name])),
      );
      return kept.flat();
    },
  };
}
