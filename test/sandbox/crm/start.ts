import { buildApp } from './app.ts';
import type { Product } from './crm.ts';
import type { CrmData } from './example/crm-data.ts';
import { exampleData } from './example/example-data.ts';

export type CrmOptions = Product & {
  /** By default, any free port. */
  port?: number;
  /** By default, the example data. */
  data?: CrmData;
  /** The CRM's clock; by default the real one. */
  now?: () => Date;
};

/** Starts the example CRM on 127.0.0.1. Its `origin` must be one of the workspace's origins in the product. */
export async function startCrm(options: CrmOptions): Promise<{ origin: string; close(): Promise<void> }> {
  const { port = 0, data = exampleData, now = () => new Date(), productUrl, workspace } = options;
  const app = await buildApp({ productUrl, workspace, data, now });
  const origin = await app.listen({ host: '127.0.0.1', port });
  return { origin, close: () => app.close() };
}
