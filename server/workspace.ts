import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { originsSchema, parseConfig, workspaceIdSchema, workspaceSecretSchema } from './config.ts';
import { buildSealer } from './sealing.ts';
import { openStore } from './store/open-store.ts';
import type { Store } from './store/store.ts';
import { keysContext } from './workspaces.ts';

const usage = `npm run workspace -- add --id ID --name NAME --origins https://crm.example[,…] [--secret TEXT]
npm run workspace -- list
npm run workspace -- remove --id ID

With the same environment variables as the server. Without --secret one is made and printed once.`;

/** Workspaces beyond the one from the environment; their keys are stored sealed. */
async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      id: { type: 'string' },
      name: { type: 'string' },
      origins: { type: 'string' },
      secret: { type: 'string' },
    },
  });
  const config = parseConfig(process.env);
  const store = await openStore({ databaseUrl: config.databaseUrl, dataDir: config.dataDir, onError: () => undefined });
  try {
    const [verb] = positionals;
    if (verb === 'add') await add(store, config.encryptionKey, values);
    else if (verb === 'list')
      for (const { id, name, origins } of await store.workspaces.list()) say([id, name, ...origins].join('\t'));
    else if (verb === 'remove') say((await store.workspaces.remove(values.id ?? '')) ? 'removed' : 'no such workspace');
    else say(usage);
  } finally {
    await store.close();
  }
}

type Values = { id?: string; name?: string; origins?: string; secret?: string };

async function add(store: Store, encryptionKey: Uint8Array, values: Values): Promise<void> {
  const id = workspaceIdSchema.parse(values.id);
  const origins = originsSchema.parse(values.origins);
  const secret = workspaceSecretSchema.parse(values.secret ?? randomBytes(32).toString('base64url'));
  const sealedKeys = buildSealer(encryptionKey).seal(JSON.stringify([{ alg: 'HS256', secret }]), keysContext(id));
  await store.workspaces.put({ id, name: values.name ?? id, origins, sealedKeys });
  say(`added ${id}${values.secret === undefined ? `\nsecret (shown once): ${secret}` : ''}`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
