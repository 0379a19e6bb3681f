import { randomBytes } from 'node:crypto';
import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { openCache } from '#server/cache/open-cache.ts';
import { systemClock } from '#server/clock.ts';
import { buildSealer } from '#server/sealing.ts';
import { openStore } from '#server/store/open-store.ts';
import type { Store } from '#server/store/store.ts';
import { buildXeroGateway, type XeroGatewayDeps } from '#server/xero/build-gateway.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import { type XeroControl, xeroControl } from '#test/sandbox/xero/control.ts';
import { startXero, type XeroSandbox } from '#test/sandbox/xero/start.ts';

export const workspaceId = 'acme';

export type Harness = Awaited<ReturnType<typeof startHarness>>;

/** The gateway over real HTTP against the sandbox, with a real SQLite store. The test controls time and waits. */
export async function startHarness() {
  const sandbox = await startXero();
  const control = xeroControl(sandbox.origin);
  const dataDir = await mkdtemp(join(tmpdir(), 'ledgerside-gateway-'));
  const store = await openStore({ dataDir, onError: (error) => Promise.reject(error) });
  const parts = { store, sandbox, sealer: buildSealer(randomBytes(32)), logged: [] as string[], clock: movableClock() };
  return {
    ...parts,
    control,
    config: toConfig(sandbox),
    build: (more: Partial<XeroGatewayDeps> = {}) => build(parts, more),
    /**
     * Resets everything, consents as a person to the seed's first organisation or the given one, and stores the
     * connection.
     */
    connect: (tenantId?: string, scopes: string = usualScopes) => connect(parts, control, { tenantId, scopes }),
    logText: () => parts.logged.join('\n'),
    async close() {
      await store.close();
      await sandbox.close();
      await rm(dataDir, { recursive: true });
    },
  };
}

type Parts = {
  store: Store;
  sandbox: XeroSandbox;
  sealer: ReturnType<typeof buildSealer>;
  logged: string[];
  clock: ReturnType<typeof movableClock>;
};

function toConfig({ origin, clientId, clientSecret }: XeroSandbox) {
  return { clientId, clientSecret, identityUrl: origin, apiUrl: origin, dailyCalls: 1000 };
}

async function build({ store, sandbox, sealer, logged, clock }: Parts, more: Partial<XeroGatewayDeps>) {
  const cache = await openCache({ onError: (error) => logged.push(String(error)) });
  const write = (...args: unknown[]) => void logged.push(toText(args));
  const log = { debug: write, info: write, warn: write, error: write } as XeroGatewayDeps['log'];
  // Waits are shortened and move no clock, because waiting has its own tests.
  const wait = (ms: number, signal?: AbortSignal) => systemClock.sleep(Math.min(ms, 2), signal);
  return buildXeroGateway({
    config: toConfig(sandbox),
    clock,
    log,
    store,
    cache,
    sealer,
    wait,
    random: () => 0.5,
    ...more,
  });
}

const usualScopes =
  'openid profile email offline_access accounting.contacts accounting.invoices accounting.settings.read accounting.attachments';
/** With what sync needs. */
export const syncScopes = `${usualScopes} accounting.settings accounting.payments`;

type Consent = { tenantId: string | undefined; scopes: string };

async function connect(parts: Parts, control: XeroControl, consent: Consent) {
  const { store, sandbox, clock } = parts;
  parts.logged.length = 0;
  clock.set(new Date());
  await control.reset();
  const gateway = await build(parts, {});
  const now = clock.now();
  const tokenSet = gateway.tokens.parseTokenAnswer(await exchangeCode(sandbox, control, consent), now);
  const [connection] = await gateway.listConnections(tokenSet.accessToken, {
    authEventId: tokenSet.authEventId ?? '',
  });
  if (!connection) throw new Error('the sandbox granted no organisation');
  const stored = {
    workspaceId,
    organisationId: connection.tenantId,
    organisation: null,
    xeroConnectionId: connection.id,
    sealedTokens: gateway.tokens.sealTokenSet(workspaceId, tokenSet),
    accessExpiresAt: tokenSet.expiresAt,
    connectedAt: now.toISOString(),
    connectedBy: 'An admin',
  };
  await store.connections.connect(stored);
  const version = (await store.connections.find(workspaceId))?.version ?? 0;
  await control.clearRequests();
  const caller: XeroCaller = { workspaceId, organisationId: connection.tenantId, priority: 'person' };
  const { organisations } = await control.seedInfo();
  const contacts = organisations.find(({ tenantId }) => tenantId === connection.tenantId)?.contacts ?? {};
  return {
    caller,
    connection,
    stored,
    /** The version of the connection row, which increases with every change. */
    version,
    tokenSet,
    contactId: (name: string) => contacts[name] ?? `no contact is called ${name}`,
  };
}

async function exchangeCode(sandbox: XeroSandbox, control: XeroControl, { tenantId, scopes }: Consent) {
  const { origin, clientId, clientSecret } = sandbox;
  const redirectUri = 'http://localhost:4000/oauth/callback';
  const asked = {
    response_type: 'code',
    client_id: clientId,
    redirect_uri: redirectUri,
    scope: scopes,
    state: 'a-state',
  };
  const answered = await control.approve(`${origin}/identity/connect/authorize?${new URLSearchParams(asked)}`, {
    organisations: tenantId === undefined ? undefined : [tenantId],
  });
  const code = new URL(answered).searchParams.get('code') ?? '';
  const response = await fetch(`${origin}/connect/token`, {
    method: 'POST',
    headers: { authorization: `Basic ${Buffer.from(`${clientId}:${clientSecret}`).toString('base64')}` },
    body: new URLSearchParams({ grant_type: 'authorization_code', code, redirect_uri: redirectUri }),
  });
  return response.json();
}

function movableClock() {
  let now = new Date();
  return {
    now: () => now,
    steadyMs: () => now.getTime(),
    set: (to: Date) => {
      now = to;
    },
    advance: (ms: number) => {
      now = new Date(now.getTime() + ms);
    },
  };
}

/** Everything that a careless logger would write: every member of every error, including causes. */
export function toText(value: unknown): string {
  return JSON.stringify(value, (_name, member) =>
    member instanceof Error
      ? { ...member, name: member.name, message: member.message, stack: member.stack, cause: member.cause }
      : member,
  );
}
