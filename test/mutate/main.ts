import type { MutantResult } from '@stryker-mutator/api/core';
import { mutationGroups } from './groups.ts';
import { runGroup } from './run-group.ts';
import { isAccepted, readAcceptedSurvivors, toMutation } from './survivors.ts';

/**
 * `npm run test:mutate`: makes small faults in the code where money, identity and exactly-once are decided, one at a
 * time, and runs the tests that reach each. A fault that no test notices survives. `npm run test:mutate -- money` runs
 * the groups whose name holds the word. Fails below 95 % killed, and where a survivor has no reason in
 * `accepted-survivors.json`.
 */
const leastKilled = 0.95;

const words = process.argv.slice(2);
const groups = mutationGroups.filter(({ name }) => words.length === 0 || words.some((word) => name.includes(word)));
const accepted = readAcceptedSurvivors();

type Tally = { killed: number; accepted: number; survived: number };

/** A mutant that made the tests run into their deadline was noticed; one that does not run at all is no mutant. */
function count(results: readonly MutantResult[]): Tally {
  const tally = { killed: 0, accepted: 0, survived: 0 };
  for (const result of results) {
    if (result.status === 'Killed' || result.status === 'Timeout') tally.killed += 1;
    if (result.status !== 'Survived' && result.status !== 'NoCoverage') continue;
    const mutation = toMutation(result);
    if (isAccepted(accepted, mutation)) {
      tally.accepted += 1;
      continue;
    }
    tally.survived += 1;
    console.log(`${result.status}: ${mutation.file}:${result.location.start.line}: ${JSON.stringify(mutation)}`);
  }
  return tally;
}

const tallies: Tally[] = [];
for (const group of groups) {
  const tally = count(await runGroup(group));
  tallies.push(tally);
  console.log(`${group.name}: ${tally.killed} killed, ${tally.accepted} accepted, ${tally.survived} survived`);
}
function sum(of: keyof Tally) {
  return tallies.reduce((total, tally) => total + tally[of], 0);
}
const all = sum('killed') + sum('accepted') + sum('survived');
const share = all === 0 ? 0 : sum('killed') / all;
console.log(
  `mutants: ${sum('killed')} of ${all} killed (${(share * 100).toFixed(1)} %), ${sum('accepted')} survive with a reason, ${sum('survived')} without`,
);
process.exitCode = share >= leastKilled && sum('survived') === 0 ? 0 : 1;
