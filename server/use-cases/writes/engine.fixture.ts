import { randomUUID } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll } from 'vitest';
import { buildMemoryCache } from '#server/cache/memory/cache.ts';
import { buildSingleFlight } from '#server/cache/single-flight.ts';
import type { Deps } from '#server/deps.ts';
import { openStore } from '#server/store/open-store.ts';
import type { Store } from '#server/store/store.ts';
import type { Acting } from '#server/use-cases/acting/acting.ts';
import { AppError } from '#shared/app-error.ts';
import { buildMovingClock, type MovingClock } from '#test/support/world/moving-clock.ts';
import type { Found, WriteHandler } from './write-handler.ts';
import { type WritePlan, writeOnce } from './write-once.ts';

export type Thing = { id: string; name: string };

type Sent = { request: string; idempotencyKey: string };
/** How the service reacts to one sending. It may make the thing with `make`, and it returns or throws the answer. */
export type Behaviour = (service: Service, sent: Sent) => Promise<Thing>;
export type Service = { made: Thing[]; sent: Sent[]; make(): Thing };

/** The engine of writes with a real SQLite store and a service whose reactions the test chooses. */
export type Engine = {
  store: Store;
  clock: MovingClock;
  service: Service;
  warnings: unknown[];
  /** What the next sendings do; the last one stays. At first, all succeed. */
  behave(...behaviours: Behaviour[]): void;
  /** What a search answers; at first, all that the service has. */
  finds(find: () => Promise<Found<Thing>>): void;
  searches(): number;
  acting: Acting;
  /** Another process over the same store. */
  startBeside(): Engine['acting'];
  handler: WriteHandler<Thing>;
  save(
    key: string,
    body: string,
    more?: Partial<WritePlan<Thing>>,
    acting?: Acting,
  ): ReturnType<typeof writeOnce<Thing>>;
};

export const succeed: Behaviour = async (service) => service.make();
export const loseAnswer: Behaviour = async (service) => {
  service.make();
  throw new AppError('xero_unreachable');
};
export function refuse(
  proof: 'refused' | 'refused_unless_found' | 'not_done',
  code: AppError['code'] = 'xero_rejected',
): Behaviour {
  return async () => {
    throw new AppError(code, { proof, errors: [{ path: 'Name', message: 'must be unique' }] });
  };
}

type Opened = { store: Store; close(): Promise<void> };

/** Opens one store for a test file and returns what builds an engine on it. */
export function prepareEngines(open: () => Promise<Opened> = openStoreInFolder): () => Engine {
  let opened: Opened;
  beforeAll(async () => {
    opened = await open();
  });
  afterAll(() => opened.close());
  return () => buildEngine(opened.store);
}

async function openStoreInFolder(): Promise<Opened> {
  const dataDir = await mkdtemp(join(tmpdir(), 'ledgerside-'));
  const store = await openStore({ dataDir, onError: () => undefined });
  return {
    store,
    close: async () => {
      await store.close();
      await rm(dataDir, { recursive: true, force: true });
    },
  };
}

/** A new workspace and organisation each time, so that tests share one store. */
function buildEngine(store: Store): Engine {
  const clock = buildMovingClock();
  const warnings: unknown[] = [];
  const [workspaceId, organisationId] = [randomUUID(), randomUUID()];
  const service = buildService();
  let behaviours: Behaviour[] = [succeed];
  let searches = 0;
  let find = async (): Promise<Found<Thing>> => ({ made: service.made, isWhole: true, isCertain: true });
  const startBeside = (processId: string = randomUUID(), redisUrl?: string): Acting => {
    const log = { warn: (...args: unknown[]) => warnings.push(args) };
    const singleFlight = buildSingleFlight(buildMemoryCache(() => undefined));
    const deps = { store, clock, log, singleFlight, processId, config: { redisUrl } } as unknown as Deps;
    const connection = { workspaceId, organisationId } as Acting['connection'];
    const caller = { workspaceId, organisationId, priority: 'background' as const };
    return { deps, principal: { kind: 'workspace', workspaceId }, connection, caller };
  };
  const handler: WriteHandler<Thing> = {
    action: 'create_contact',
    about: () => ({ contactName: 'asked' }),
    send: async (write, { caller, idempotencyKey }) => {
      const mayLeave = await caller.gate?.();
      if (mayLeave && !mayLeave()) throw new AppError('xero_unreachable', { proof: 'not_done' });
      const sent = { request: write.request, idempotencyKey };
      service.sent.push(sent);
      const behaviour = behaviours.length > 1 ? behaviours.shift() : behaviours[0];
      return (behaviour ?? succeed)(service, sent);
    },
    find: () => {
      searches += 1;
      return find();
    },
    toEnd: (_write, made) => ({
      result: JSON.stringify(made),
      documentId: made.id,
      about: { contactId: made.id, contactName: made.name },
      steps: [{ name: 'history', request: 'note' }],
    }),
    parse: (result) => JSON.parse(result),
  };
  const acting = startBeside('own', 'redis://together');
  return {
    ...{ store, clock, service, warnings, acting, handler },
    startBeside: () => startBeside(randomUUID(), 'redis://together'),
    behave: (...next) => {
      behaviours = next;
    },
    finds: (next) => {
      find = next;
    },
    searches: () => searches,
    save: (key, body, more = {}, by = acting) =>
      writeOnce(by, {
        ...{ writeKey: key, kind: 'contact', record: { type: 'deal', id: 'd-1' }, bodyHash: body, handler },
        prepare: async ({ attempt }) => ({ request: `${body}/${attempt}`, details: '{}' }),
        ...more,
      }),
  };
}

function buildService(): Service {
  const made: Thing[] = [];
  const make = () => {
    const thing = { id: randomUUID(), name: `thing ${made.length + 1}` };
    made.push(thing);
    return thing;
  };
  return { made, sent: [], make };
}

/** The latest attempt under this key. */
export async function rowOf({ store, acting: { caller } }: Engine, key = 'k') {
  const row = await store.writes.findLatest(caller.workspaceId, caller.organisationId, key);
  if (!row) throw new Error('no row');
  return row;
}
/** The outcomes in the audit, sorted. */
export async function auditOf({ store, acting }: Engine) {
  return (await store.audit.list(acting.caller.workspaceId, { limit: 20 })).map(({ outcome }) => outcome).sort();
}
/** Returns the code and the further members of an `AppError`, and any other error unchanged. */
export function failureOf(work: Promise<unknown>) {
  return work.then(
    () => 'none',
    (error: unknown) =>
      error instanceof AppError ? { code: error.code, ...toWait(error), ...error.details.extension } : error,
  );
}
export function writeOf({ id, kind, state }: { id: string; kind: string; state: string }) {
  return { id, kind, state };
}

function toWait({ details: { retryAfterSeconds: wait } }: AppError) {
  return wait === undefined ? {} : { wait };
}
