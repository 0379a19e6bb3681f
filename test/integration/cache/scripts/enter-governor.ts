import { createInterface } from 'node:readline';
import type { GovernorLimits } from '#server/cache/cache.ts';
import { openCache } from '#server/cache/open-cache.ts';

/**
 * A second process. For each line `{organisationId, calls, nowMs, limits}` it asks for that many slots at once and
 * returns how many it got. It releases none. Parameter: Redis's URL.
 */
type Order = { organisationId: string; calls: number; nowMs: number; limits: GovernorLimits };

const cache = await openCache({ redisUrl: JSON.parse(process.argv[2] ?? '""'), onError: () => undefined });
function say(message: unknown): void {
  console.log(JSON.stringify(message));
}

say('started');
for await (const line of createInterface(process.stdin)) {
  const { organisationId, calls, nowMs, limits }: Order = JSON.parse(line);
  const asked = Array.from({ length: calls }, () => cache.governor.tryEnter(organisationId, nowMs, limits));
  say((await Promise.all(asked)).filter(({ isAdmitted }) => isAdmitted).length);
}
