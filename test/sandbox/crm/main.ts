import { parseArgs } from 'node:util';
import { startCrm } from './start.ts';

const { values } = parseArgs({
  options: {
    port: { type: 'string', default: process.env.CRM_PORT ?? '4200' },
    'product-url': { type: 'string', default: process.env.PUBLIC_URL ?? 'http://localhost:4000' },
    'workspace-id': { type: 'string', default: process.env.WORKSPACE_ID ?? 'fieldnote' },
    'workspace-secret': { type: 'string', default: process.env.WORKSPACE_SECRET ?? '' },
    books: { type: 'string', default: process.env.CRM_BOOKS },
  },
});

if (Buffer.byteLength(values['workspace-secret']) < 32) {
  console.error(
    'Give the secret the product knows the workspace by: --workspace-secret or WORKSPACE_SECRET, 32 bytes or more.',
  );
  process.exit(1);
}

const crm = await startCrm({
  port: Number(values.port),
  productUrl: values['product-url'],
  workspace: { id: values['workspace-id'], secret: values['workspace-secret'] },
  booksFile: values.books,
  syncEveryMs: 60_000,
});
console.log(`Example CRM at ${crm.origin}`);
for (const signal of ['SIGINT', 'SIGTERM'] as const) process.once(signal, () => crm.close());
