import { z } from 'zod';
import { serve } from '#server/start/serve.ts';
import { buildMovingClock } from '../world/moving-clock.ts';
import { watchSqliteRoom } from '../world/sqlite-room.ts';

/** The real server process. Its parent can move its clock and limit its disk space with a message. */
const messageSchema = z.object({ advanceSeconds: z.number().default(0), hasRoom: z.boolean().optional() });

const clock = buildMovingClock();
const room = watchSqliteRoom();
process.on('message', (message) => {
  const { advanceSeconds, hasRoom } = messageSchema.parse(message);
  if (hasRoom !== undefined) hasRoom ? room.giveBack() : room.takeAway();
  clock.advanceSeconds(advanceSeconds);
  process.send?.({ now: clock.now().toISOString() });
});
// It ends when its parent ends, whatever it is waiting for.
process.on('disconnect', () => process.exit(1));
serve(process.env, process.argv.slice(2), clock);
