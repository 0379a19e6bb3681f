import type { AddressInfo } from 'node:net';
import { buildXeroApp } from './app.ts';
import type { SeedName } from './seeds/seed.ts';
import { createSandbox } from './state.ts';

export type XeroOptions = {
  /** By default, a free port. */
  port?: number;
  seed?: SeedName;
  clientId?: string;
  clientSecret?: string;
  /** The app's name on the consent page. */
  appName?: string;
  /** Exact addresses. If empty, any https or http://localhost address is allowed. */
  redirectUris?: string[];
  log?: boolean;
};

export type XeroSandbox = {
  /** http://localhost:<port>: login, identity, api and go.xero.com in one. */
  origin: string;
  clientId: string;
  clientSecret: string;
  close(): Promise<void>;
};

export async function startXero(options: XeroOptions = {}): Promise<XeroSandbox> {
  const { clientId = 'sandbox-client', clientSecret = 'sandbox-secret', redirectUris = [] } = options;
  const registered = { name: options.appName ?? 'Sandbox app', clientId, clientSecret, redirectUris };
  const sandbox = createSandbox(registered, options.seed ?? 'story');
  const app = await buildXeroApp(sandbox, options.log ?? false);
  await app.listen({ host: 'localhost', port: options.port ?? 0 });
  return {
    origin: `http://localhost:${portOf(app.server.address())}`,
    clientId,
    clientSecret,
    close: async () => {
      sandbox.state.ending.abort();
      await app.close();
    },
  };
}

function portOf(address: AddressInfo | string | null): number {
  if (address === null || typeof address === 'string') throw new Error('the sandbox has no port');
  return address.port;
}
