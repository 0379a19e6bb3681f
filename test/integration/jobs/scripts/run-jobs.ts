import { mkdir, rmdir } from 'node:fs/promises';
import { createInterface } from 'node:readline';
import { z } from 'zod';
import { nextTurn } from '#server/next-turn.ts';
import { open } from '../suites/backends.ts';

/**
 * A process that works, for tests. It says `{begun}` for each run, with `isAlone: false` if another process runs the
 * same place. A line on its input wakes places. The run of a place that ends in `hold` lasts until its signal aborts;
 * then it says `{aborted}`.
 */
const parametersSchema = z.tuple([z.string(), z.string(), z.number()]);
const placeSchema = z.object({ workspaceId: z.string(), organisationId: z.string() });

const [redisUrl, folder, lockMs] = parametersSchema.parse(process.argv.slice(2).map((text) => JSON.parse(text)));
const { jobs } = await open({ redisUrl, lockMs });

function say(message: unknown): void {
  process.stdout.write(`${JSON.stringify(message)}\n`);
}

jobs.start({
  run: async ({ organisationId }, signal) => {
    const lock = `${folder}/${organisationId}`;
    const isAlone = await mkdir(lock).then(
      () => true,
      () => false,
    );
    say({ begun: organisationId, isAlone });
    if (organisationId.endsWith('hold')) {
      await new Promise((resolve) => signal.addEventListener('abort', resolve));
      say({ aborted: organisationId });
    }
    for (let n = 0; n < 50; n += 1) await nextTurn();
    await rmdir(lock).catch(() => undefined);
  },
  intervals: [],
});
createInterface(process.stdin).on('line', (line) => {
  for (const place of z.array(placeSchema).parse(JSON.parse(line))) jobs.wake(place);
});
say('started');
