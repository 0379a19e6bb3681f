import { randomBytes } from 'node:crypto';
import { parseArgs } from 'node:util';
import { systemClock } from '#server/clock.ts';
import { originsSchema, parseConfig, workspaceIdSchema, workspaceSecretSchema } from '#server/config.ts';
import { keysContext } from '#server/identity/workspaces.ts';
import { buildSealer, type Sealer } from '#server/sealing.ts';
import { describeUnreadable, sealedWords } from '#server/start/describe-unreadable.ts';
import { openStore } from '#server/store/open-store.ts';
import type { Store } from '#server/store/store.ts';
import type { SealedText } from '#server/store/tables/sealed-texts.ts';
import { appendAudit } from '#server/use-cases/audit/audit.ts';
import {
  forgetUnreadable,
  listPrevious,
  listUnreadable,
  type ResealDeps,
  reseal,
} from '#server/use-cases/connection/reseal.ts';
import { addKey, listKeys, newGeneration, removeKey } from './workspace-keys.ts';

const usage = `npm run workspace -- add --id ID --name NAME --origins https://crm.example[,…] [--secret TEXT]
npm run workspace -- list
npm run workspace -- remove --id ID      ends its sessions and deletes its Xero tokens
npm run workspace -- keys --id ID
npm run workspace -- add-key --id ID --kid KID [--secret TEXT | --jwk JSON]   adds a key that works at once
npm run workspace -- remove-key --id ID [--kid KID]      refuses its tokens and ends its sessions; without --kid: the key that has no kid
npm run workspace -- reseal              encrypts every stored secret with ENCRYPTION_KEY
npm run workspace -- forget-unreadable   deletes secrets that no given key can decrypt

With the same environment variables as the server. Without --secret one is made and printed once.
--jwk is a public key: EC P-256 (ES256) or OKP Ed25519 (EdDSA). Tokens name their key by kid.`;

/** Manages workspaces beyond the one from the environment. Their keys are stored encrypted. */
async function main(): Promise<void> {
  const { positionals, values } = parseArgs({
    allowPositionals: true,
    options: {
      id: { type: 'string' },
      name: { type: 'string' },
      origins: { type: 'string' },
      secret: { type: 'string' },
      kid: { type: 'string' },
      jwk: { type: 'string' },
    },
  });
  const config = parseConfig(process.env);
  const sealer = buildSealer(config.encryptionKey, config.previousEncryptionKeys);
  const store = await openStore({ databaseUrl: config.databaseUrl, dataDir: config.dataDir, onError: () => undefined });
  try {
    const [verb] = positionals;
    const deps = { store, sealer, clock: systemClock };
    if (verb === 'add') await add(store, sealer, values);
    else if (verb === 'list')
      for (const { id, name, origins } of await store.workspaces.list()) say([id, name, ...origins].join('\t'));
    else if (verb === 'remove') say((await remove(deps, values.id ?? '')) ? 'removed' : 'no such workspace');
    else if (verb === 'keys')
      for (const { kid, alg } of await listKeys(deps, values.id ?? '')) say([kid ?? '-', alg].join('\t'));
    else if (verb === 'add-key') await addKeyAndTell(deps, values);
    else if (verb === 'remove-key') await removeKey(deps, values.id ?? '', values.kid).then(() => say('removed'));
    else if (verb === 'reseal') await resealAll(deps);
    else if (verb === 'forget-unreadable') await forget(deps);
    else say(usage);
  } finally {
    await store.close();
  }
}

type Values = { id?: string; name?: string; origins?: string; secret?: string; kid?: string; jwk?: string };

async function add(store: Store, sealer: Sealer, values: Values): Promise<void> {
  const id = workspaceIdSchema.parse(values.id);
  const origins = originsSchema.parse(values.origins);
  const secret = workspaceSecretSchema.parse(values.secret ?? randomBytes(32).toString('base64url'));
  const sealedKeys = sealer.seal(
    JSON.stringify([{ alg: 'HS256', generation: newGeneration(), secret }]),
    keysContext(id),
  );
  await store.workspaces.put({ id, name: values.name ?? id, origins, sealedKeys });
  say(`added ${id}${values.secret === undefined ? `\nsecret (shown once): ${secret}` : ''}`);
}

/** Deletes its Xero tokens and says so in its audit. Links, access and writes are kept in case it returns. */
async function remove(deps: ResealDeps, workspaceId: string): Promise<boolean> {
  const connection = await deps.store.connections.find(workspaceId);
  const isRemoved = await deps.store.workspaces.remove(workspaceId);
  if (!isRemoved || !connection || connection.status === 'disconnected') return isRemoved;
  const { organisationId } = connection;
  const act = { workspaceId, organisationId, user: { id: 'operator', name: 'Operator' }, requestId: '' };
  await appendAudit(deps, { ...act, action: 'disconnect', outcome: 'disconnected' });
  return true;
}

async function addKeyAndTell(deps: ResealDeps, { id = '', kid, jwk, ...values }: Values): Promise<void> {
  const isMade = jwk === undefined && values.secret === undefined;
  const secret = isMade ? randomBytes(32).toString('base64url') : values.secret;
  await addKey(deps, id, { kid, jwk, secret });
  say(`added ${kid} to ${id}${isMade ? `\nsecret (shown once): ${secret}` : ''}`);
}

async function resealAll(deps: ResealDeps): Promise<void> {
  say(`encrypted again: ${await reseal(deps)}`);
  const unreadable = await listUnreadable(deps);
  if (unreadable.length > 0) throw new Error(describeUnreadable(unreadable));
  const left = await listPrevious(deps);
  if (left.length > 0)
    throw new Error(
      `${left.length} could not be encrypted again: they are damaged, or they changed at the same moment`,
    );
  say('no secret needs an earlier key: you can remove ENCRYPTION_KEY_PREVIOUS');
}

const setWebhookAgain = 'an admin has to set it again';
const afterForgetting: Record<SealedText['place'], string> = {
  connection: 'an admin has to connect Xero again',
  workspace: 'add the workspace again',
  webhook: setWebhookAgain,
  old_webhook: setWebhookAgain,
};

async function forget(deps: ResealDeps): Promise<void> {
  const given = await forgetUnreadable(deps);
  for (const { place, workspaceId } of given) {
    say(`deleted: ${sealedWords[place]} of workspace ${workspaceId} (${afterForgetting[place]})`);
  }
  say(`${given.length} deleted; links, access, writes and the audit log are kept`);
}

function say(text: string): void {
  process.stdout.write(`${text}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exit(1);
});
