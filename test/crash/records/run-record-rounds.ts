import type { World } from '#test/support/world/world.ts';
import { mergeCounts } from '../count.ts';
import { buildRandom } from '../random.ts';
import type { Run } from '../run-rounds.ts';
import { countRecords, noRecordCount, type RecordCount } from './count-records.ts';
import { playRecordRound } from './play-record-round.ts';
import { setRecordStage } from './record-stage.ts';

/** Plays the rounds one after the other in one world, and counts all records. */
export async function runRecordRounds(
  world: World,
  { rounds, seed, onRound, redis }: Run<RecordCount>,
): Promise<RecordCount> {
  const stage = await setRecordStage({ world, random: buildRandom(seed), redis });
  let count = noRecordCount;
  for (let round = 1; round <= rounds; round += 1) {
    const { story, told, kills, cut } = await playRecordRound(stage, `r${round}x`);
    const counted = await countRecords(stage, story, told);
    count = mergeCounts(count, { ...counted, rounds: 1, kills, cut });
    onRound?.(round, count);
  }
  return count;
}
