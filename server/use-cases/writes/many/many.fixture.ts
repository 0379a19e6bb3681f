import { randomUUID } from 'node:crypto';
import type { WriteRow } from '#server/store/store.ts';
import type { Acting } from '#server/use-cases/acting/acting.ts';
import { AppError } from '#shared/app-error.ts';
import { type Engine, prepareEngines } from '../engine.fixture.ts';
import type { Found } from '../write-handler.ts';
import type { ItemOutcome, ManyHandler, ManyItem, RowAnswer } from './many-handler.ts';
import { writeMany } from './write-many.ts';

/** What the service made; `writeId` is the mark by which it is found again. */
export type Made = { id: string; writeId: string; name: string };

type Call = { ids: string[]; requests: string[]; idempotencyKey: string };
export type ManyService = { made: Made[]; calls: Call[]; make(write: WriteRow): Made };
/** How the service reacts to one call. It returns or throws the answer. */
export type ManyBehaviour = (
  service: ManyService,
  writes: readonly WriteRow[],
) => Promise<RowAnswer<Made>[]> | RowAnswer<Made>[];

/** The engine of many writes with a real SQLite store and a service whose reactions the test chooses. */
export type ManyEngine = Pick<Engine, 'store' | 'clock' | 'warnings' | 'acting' | 'startBeside'> & {
  service: ManyService;
  /** What the next calls do; the last one stays. At first, all succeed. */
  behave(...behaviours: ManyBehaviour[]): void;
  /** What a search answers; at first, all that the service has. */
  finds(find: ManyHandler<Made>['find']): void;
  /** The ids that each search asked for. */
  searches: string[][];
  handler: ManyHandler<Made>;
  write(items: readonly ManyItem[], by?: Acting, handler?: ManyHandler<Made>): Promise<ItemOutcome<Made>[]>;
};

export const succeed: ManyBehaviour = (service, writes) =>
  writes.map((write) => ({ outcome: 'done', made: service.make(write) }));

/** All is made, and the answer is lost. */
export const loseAnswer: ManyBehaviour = (service, writes) => {
  for (const write of writes) service.make(write);
  throw new AppError('xero_unreachable');
};

/** Nothing arrives, and nobody can know. */
export const loseRequest: ManyBehaviour = () => {
  throw new AppError('xero_timeout');
};

export function failWith(...[code, details]: ConstructorParameters<typeof AppError>): ManyBehaviour {
  return () => {
    throw new AppError(code, details);
  };
}

export function toRefused(message: string): RowAnswer<Made> {
  return { outcome: 'refused', error: new AppError('xero_rejected', { errors: [{ path: '', message }] }) };
}

/** Refuses the rows whose bytes contain one of these words, and makes the others. */
export function refuseRows(...words: string[]): ManyBehaviour {
  return (service, writes) =>
    writes.map((write) =>
      words.some((word) => write.request.includes(word))
        ? toRefused('not this one')
        : { outcome: 'done', made: service.make(write) },
    );
}

/** Xero without errors by row: one bad row fails the whole call. */
export function refuseCallsWith(word: string): ManyBehaviour {
  return (service, writes) => {
    if (writes.some(({ request }) => request.includes(word))) throw new AppError('xero_rejected', { proof: 'refused' });
    return succeed(service, writes);
  };
}

export function toItem(name: string, change: Partial<ManyItem> = {}): ManyItem {
  return {
    ...{ writeKey: name, kind: 'expenses', record: { type: 'expense', id: name }, bodyHash: name },
    prepare: ({ attempt }) => ({ request: `${name}/${attempt}`, details: '{}' }),
    ...change,
  };
}

/** Opens one store for a test file and returns what builds an engine on it. */
export function prepareManyEngines(): () => ManyEngine {
  const start = prepareEngines();
  return () => buildManyEngine(start());
}

function buildManyEngine({ store, clock, warnings, acting, startBeside }: Engine): ManyEngine {
  const service = buildService();
  const searches: string[][] = [];
  let behaviours: ManyBehaviour[] = [succeed];
  let find: ManyHandler<Made>['find'] = async (writes) => findByMark(service, writes);
  const handler: ManyHandler<Made> = {
    action: 'sync_create',
    about: ({ record }) => ({ recordName: `Expense ${record.id}` }),
    send: async (writes, { caller, idempotencyKey }) => {
      const mayLeave = await caller.gate?.();
      if (mayLeave && !mayLeave()) throw new AppError('xero_unreachable', { proof: 'not_done' });
      const [ids, requests] = [writes.map(({ id }) => id), writes.map(({ request }) => request)];
      service.calls.push({ ids, requests, idempotencyKey });
      const behaviour = behaviours.length > 1 ? behaviours.shift() : behaviours[0];
      return (behaviour ?? succeed)(service, writes);
    },
    find: (writes) => {
      searches.push(writes.map(({ id }) => id));
      return find(writes);
    },
    toEnd: ({ record }, made) => ({
      result: JSON.stringify(made),
      documentId: made.id,
      about: { recordName: `Expense ${record.id}`, document: { kind: 'bill', id: made.id, number: made.name } },
    }),
    parse: (result) => JSON.parse(result),
  };
  return {
    ...{ store, clock, warnings, acting, startBeside, service, searches, handler },
    behave: (...next) => {
      behaviours = next;
    },
    finds: (next) => {
      find = next;
    },
    write: (items, by = acting, chosen = handler) => writeMany(by, chosen, items),
  };
}

export function findByMark({ made }: Pick<ManyService, 'made'>, writes: readonly WriteRow[]): Map<string, Found<Made>> {
  return new Map(
    writes.map(({ id }) => [id, { made: made.filter((one) => one.writeId === id), isWhole: true, isCertain: true }]),
  );
}

function buildService(): ManyService {
  const made: Made[] = [];
  const make = ({ id, request }: WriteRow) => {
    const one = { id: randomUUID(), writeId: id, name: request };
    made.push(one);
    return one;
  };
  return { made, calls: [], make };
}

/** The latest attempt under each key, in this order. */
export async function rowsOf({ store, acting: { caller } }: ManyEngine, ...keys: string[]) {
  const rows = await store.writes.findLatestMany(caller.workspaceId, caller.organisationId, keys);
  return keys.map((key) => {
    const row = rows.find(({ writeKey }) => writeKey === key);
    if (!row) throw new Error(`no row ${key}`);
    return row;
  });
}

/** Each outcome as a word, with the code of its error. */
export function told(outcomes: readonly { outcome: string; error?: AppError }[]): string[] {
  return outcomes.map(({ outcome, error }) => (error ? `${outcome} ${error.code}` : outcome));
}
