import { resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '#server/clock.ts';
import { parseConfig } from '#server/config.ts';
import { openStore } from '#server/store/open-store.ts';
import { putBackSqlite, readCopy } from '#server/store/sqlite/copy.ts';
import { noteRestore } from '#server/use-cases/audit/note-restore.ts';
import { describeCopy, meaningOfCopy, toStamp } from './copy-words.ts';

const usage = `npm run restore -- --from FILE    replaces the SQLite database with a copy; stop the server first
npm run restore -- --done         after PostgreSQL was restored with its own tools, before the server starts

With the same environment variables as the server. The previous database is kept beside it.`;

async function main(): Promise<void> {
  const { values } = parseArgs({ options: { from: { type: 'string' }, done: { type: 'boolean' } } });
  const config = parseConfig(process.env);
  const { databaseUrl, dataDir } = config;
  if ((values.from === undefined) === !values.done) return say(usage);
  if (values.from !== undefined && databaseUrl !== undefined) throw new Error(usage);
  if (values.from !== undefined) putBack(dataDir, resolve(values.from));
  const store = await openStore({ databaseUrl, dataDir, onError: () => undefined });
  try {
    const environment = config.workspace ? [config.workspace.id] : [];
    say(meaningOfCopy(await noteRestore({ store, clock: systemClock }, environment)));
  } finally {
    await store.close();
  }
}

function putBack(dataDir: string, from: string): void {
  const copy = readCopy(from);
  const { kept } = putBackSqlite({ dataDir, from, stamp: toStamp(systemClock.now()) });
  say(`restored ${from}\n${describeCopy(copy)}`);
  if (kept !== null) say(`previous database: ${kept}`);
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

main().catch((error: unknown) => {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
});
