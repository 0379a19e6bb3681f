import { join, resolve } from 'node:path';
import { parseArgs } from 'node:util';
import { systemClock } from '#server/clock.ts';
import { parseConfig } from '#server/config.ts';
import { backUpSqlite } from '#server/store/sqlite/copy.ts';
import { describeCopy, toStamp } from './copy-words.ts';

const forPostgres = `The data is in PostgreSQL: back it up with its own tools, for example
  pg_dump --format=custom --file=ledgerside.dump "$DATABASE_URL"`;

/** `npm run backup [-- --to FILE]`, whether the server runs or not. Without --to it writes into DATA_DIR/backups. */
function main(): void {
  const { values } = parseArgs({ options: { to: { type: 'string' } } });
  const { databaseUrl, dataDir } = parseConfig(process.env);
  if (databaseUrl !== undefined) throw new Error(forPostgres);
  const name = `ledgerside-${toStamp(systemClock.now())}.db`;
  const to = resolve(values.to ?? join(dataDir, 'backups', name));
  const copy = backUpSqlite({ dataDir, to });
  say(`wrote ${to}\n${describeCopy(copy)}`);
  say(
    'ENCRYPTION_KEY is not in it. Keep the key elsewhere: the tokens and keys in this copy cannot be decrypted without it.',
  );
}

function say(line: string): void {
  process.stdout.write(`${line}\n`);
}

try {
  main();
} catch (error) {
  process.stderr.write(`${error instanceof Error ? error.message : String(error)}\n`);
  process.exitCode = 1;
}
