import { randomBytes } from 'node:crypto';
import { createClock, type XeroClock } from './clock.ts';
import { createFaultBox, type FaultBox } from './faults.ts';
import { createIdempotencyMemory, type IdempotencyMemory } from './idempotency.ts';
import { createIdentity, type Identity } from './identity/identity.ts';
import { createJournal, type Journal } from './journal.ts';
import { createLimits, type Limits } from './limits.ts';
import type { Organisation } from './records/organisation.ts';
import { plantSeed, type SeedName } from './seeds/seed.ts';
import { createWebhooks, type Webhooks } from './webhooks/webhooks.ts';

/** The registered app, as in Xero's developer portal. */
export type RegisteredApp = { name: string; clientId: string; clientSecret: string; redirectUris: string[] };

/** Everything that a reset replaces. */
export type State = {
  seed: SeedName;
  organisations: Organisation[];
  identity: Identity;
  faults: FaultBox;
  journal: Journal;
  limits: Limits;
  idempotency: IdempotencyMemory;
  webhooks: Webhooks;
  /** Whether one consent may choose several organisations, which Xero sells as Bulk Connections. */
  bulk: boolean;
  /** Aborted at reset, to end calls that hang. */
  ending: AbortController;
};

export type Reset = { seed?: SeedName; now?: number; keepConnections?: boolean };

export type Sandbox = {
  app: RegisteredApp;
  clock: XeroClock;
  /** Signs access and id tokens. The same after a reset. */
  signingKey: Uint8Array;
  state: State;
  reset(reset?: Reset): void;
};

export function createSandbox(app: RegisteredApp, seed: SeedName): Sandbox {
  const clock = createClock();
  const sandbox: Sandbox = {
    app,
    clock,
    signingKey: randomBytes(32),
    state: createState(clock, seed),
    reset: (reset = {}) => {
      const before = sandbox.state;
      clock.set(reset.now ?? Date.now());
      sandbox.state = createState(clock, reset.seed ?? seed);
      if (reset.keepConnections) sandbox.state.identity = before.identity;
      before.ending.abort();
    },
  };
  return sandbox;
}

function createState(clock: XeroClock, seed: SeedName): State {
  const organisations = plantSeed(seed, clock.now());
  const ending = new AbortController();
  return {
    seed,
    organisations,
    identity: createIdentity(),
    faults: createFaultBox(),
    journal: createJournal(),
    limits: createLimits(
      clock.now,
      organisations.map(({ tenantId }) => tenantId),
    ),
    idempotency: createIdempotencyMemory(clock.now),
    webhooks: createWebhooks(clock.now, ending.signal),
    bulk: false,
    ending,
  };
}
