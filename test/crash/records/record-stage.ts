import type { RecordList } from '#shared/contract/sync/records.ts';
import { buildCrmBackend, type CrmBackend } from '#test/support/people/crm-backend.ts';
import type { TestRedis } from '#test/support/programs/redis.ts';
import type { World } from '#test/support/world/world.ts';

/** The CRM of a world whose records are sent. Its clock moves with the world's. */
export type RecordStage = {
  world: World;
  crm: CrmBackend;
  random: () => number;
  tenantId: string;
  redis?: Pick<TestRedis, 'forget'> | undefined;
  advanceSeconds(seconds: number): Promise<void>;
  /** Sends until it is answered, whatever happens to the server meanwhile. */
  send<Body = Record<string, unknown>>(method: string, path: string, body?: unknown): Promise<Body>;
  /** The records whose id contains this. */
  list(search: string): Promise<RecordList['records']>;
};

type Staging = Pick<RecordStage, 'world' | 'random' | 'redis'>;

export async function setRecordStage({ world, random, redis }: Staging): Promise<RecordStage> {
  await world.xero.control.limits({ minute: 1_000_000, day: 10_000_000, appMinute: 10_000_000, inFlight: 1_000 });
  await world.admin.connect();
  const tenantId = (await world.xero.control.seedInfo()).organisations[0]?.tenantId ?? '';
  let movedMs = 0;
  const clock = { now: () => new Date(Date.now() + movedMs) };
  const { origin, workspace } = world.product();
  const crm = buildCrmBackend({ origin, workspace, clock });
  const send: RecordStage['send'] = (method, path, body) => sendUntilAnswered(crm, { method, path, body });
  const stage: RecordStage = {
    ...{ world, crm, random, tenantId, redis, send },
    advanceSeconds: async (seconds) => {
      movedMs += seconds * 1000;
      await world.advanceSeconds(seconds);
    },
    list: async (search) => (await send<RecordList>('GET', `/api/records?search=${search}&limit=500`)).records,
  };
  await turnOn(stage);
  // The consent now covers the scopes of sync.
  await world.admin.connect();
  return stage;
}

async function turnOn({ send }: RecordStage): Promise<void> {
  const kinds = [{ kind: 'expenses', out: { changes: 'automatic' } }];
  await send('PUT', '/api/sync/rules', { enabled: true, since: '2020-01-01', kinds });
  const { choices } = await send<{ choices: { paymentAccounts: { id: string; type: string }[] } }>(
    ...(['GET', '/api/sync/mapping'] as const),
  );
  const bank = choices.paymentAccounts.find(({ type }) => type === 'BANK');
  const categories = [
    { key: 'Fuel', accountCode: '429' },
    { key: 'Sales', accountCode: '200' },
  ];
  await send('PUT', '/api/sync/mapping', { categories, paymentMethods: [{ key: 'bank', accountId: bank?.id }] });
}

type Request = { method: string; path: string; body: unknown };

const mostTries = 400;

async function sendUntilAnswered<Body>(crm: CrmBackend, { method, path, body }: Request): Promise<Body> {
  for (let count = 1; ; count += 1) {
    const answer = await crm.send<Body>(method, path, body).catch((error: unknown) => ({ status: 0, body: error }));
    if (answer.status >= 200 && answer.status < 300) return answer.body as Body;
    // A server that was just started has not caught up with the moved clocks yet, so it takes the token for a later one.
    const isPassing = answer.status === 0 || answer.status >= 500 || answer.status === 401;
    if (!isPassing || count === mostTries) {
      throw new Error(`${method} ${path}: ${answer.status} ${JSON.stringify(answer.body)}`);
    }
    // Real time: the server is being killed and started.
    await new Promise((resolve) => setTimeout(resolve, 50));
  }
}
