import { z } from 'zod';
import { serve } from '#server/start/serve.ts';
import { buildMovingClock } from '../moving-clock.ts';
import { watchSqliteRoom } from '../sqlite-room.ts';

/** The real server process, but for its clock and the room on its disk, which its parent changes by a message. */
const messageSchema = z.object({ advanceSeconds: z.number().default(0), hasRoom: z.boolean().optional() });

const clock = buildMovingClock();
const room = watchSqliteRoom();
process.on('message', (message) => {
  const { advanceSeconds, hasRoom } = messageSchema.parse(message);
  if (hasRoom !== undefined) hasRoom ? room.giveBack() : room.takeAway();
  clock.advanceSeconds(advanceSeconds);
  process.send?.({ now: clock.now().toISOString() });
});
// Its parent's end ends it too, whatever else it waits for.
process.on('disconnect', () => process.exit(1));
serve(process.env, clock);
