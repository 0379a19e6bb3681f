import { mkdir, writeFile } from 'node:fs/promises';
import { register } from 'node:module';
import { dirname } from 'node:path';
import { parseArgs } from 'node:util';

register('./typescript-api.mjs', import.meta.url);
const { default: openapiTypescript, astToString } = await import('openapi-typescript');

/** Writes the types of the API at `--from` into the file `--to`. */
const { values } = parseArgs({
  options: {
    from: { type: 'string', default: `${process.env.PUBLIC_URL ?? 'http://localhost:4000'}/docs/openapi.json` },
    to: { type: 'string', default: new URL('./generated/openapi.ts', import.meta.url).pathname },
  },
});
await mkdir(dirname(values.to), { recursive: true });
await writeFile(values.to, astToString(await openapiTypescript(new URL(values.from), { alphabetize: true })));
console.log(`The types of ${values.from} are in ${values.to}`);
