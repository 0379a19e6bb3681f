import { afterAll, beforeAll, beforeEach } from 'vitest';
import { type Harness, startHarness } from './gateway-harness.ts';

type Connected = Awaited<ReturnType<Harness['connect']>>;
type Gateway = Awaited<ReturnType<Harness['build']>>;

/** One harness for the tests of a file or block. Each test starts connected, with its own gateway. */
export type GatewayStage = {
  readonly harness: Harness;
  readonly connected: Connected;
  readonly xero: Gateway;
  /** Creates another gateway for the rest of this test, with other settings. */
  configure(change: Partial<Harness['config']> & { timeoutMs?: number; scopes?: readonly string[] }): Promise<void>;
  /** Connects to another organisation for the rest of this test. */
  reconnect(tenantId: string): Promise<void>;
};

/** `scopes`: what the consent grants, if not the usual. */
export function setGatewayStage({ scopes }: { scopes?: string } = {}): GatewayStage {
  let harness: Harness;
  let connected: Connected;
  let xero: Gateway;
  beforeAll(async () => {
    harness = await startHarness();
  });
  beforeEach(async () => {
    connected = await harness.connect(undefined, scopes);
    xero = await harness.build();
  });
  afterAll(() => harness.close());
  return {
    get harness() {
      return harness;
    },
    get connected() {
      return connected;
    },
    get xero() {
      return xero;
    },
    async configure(change) {
      xero = await harness.build({ config: { ...harness.config, ...change } });
    },
    async reconnect(tenantId) {
      connected = await harness.connect(tenantId);
    },
  };
}
