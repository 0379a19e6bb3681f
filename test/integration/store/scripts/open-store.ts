import { createInterface } from 'node:readline';
import { openStore } from '#server/store/open-store.ts';

/**
 * A second process: opens the store when told to, tries to take the process lock, reports the result, and stays until
 * it is killed. Parameters: the store's options without their listener.
 */
const { databaseUrl, dataDir } = JSON.parse(process.argv[2] ?? '{}');
function say(message: unknown): void {
  console.log(JSON.stringify(message));
}

say('started');
for await (const _line of createInterface(process.stdin)) {
  const store = await openStore({ databaseUrl, dataDir, onError: () => undefined });
  say({ hasLock: await store.holdProcessLock() });
}
