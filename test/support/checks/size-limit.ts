import { runTool } from '../programs/run-command.ts';

type Weighed = { name: string; passed: boolean; size: number; sizeLimit: number };

/** The limits are in `.size-limit.ts`. */
export async function checkSizes(): Promise<string[]> {
  const { code, stdout, output } = await runTool('size-limit', ['--json']);
  const weighed = parseWeighed(stdout);
  if (!weighed) return [output.trim() || `size-limit ended with ${code}`];
  for (const { name, size, sizeLimit } of weighed) console.log(`    ${name}: ${size} of ${sizeLimit} bytes (gzip)`);
  return weighed
    .filter(({ passed }) => !passed)
    .map(({ name, size, sizeLimit }) => `${name} is ${size} bytes, ${sizeLimit} at most`);
}

function parseWeighed(json: string): Weighed[] | undefined {
  try {
    return JSON.parse(json) as Weighed[];
  } catch {
    return undefined;
  }
}
