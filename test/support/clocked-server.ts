import { z } from 'zod';
import { serve } from '#server/serve.ts';
import { buildMovingClock } from './moving-clock.ts';

/** The real server process, but for its clock, which its parent moves by a message. */
const messageSchema = z.object({ advanceSeconds: z.number() });

const clock = buildMovingClock();
process.on('message', (message) => {
  const { advanceSeconds } = messageSchema.parse(message);
  clock.advanceSeconds(advanceSeconds);
  process.send?.({ now: clock.now().toISOString() });
});
// Its parent's end ends it too, whatever else it waits for.
process.on('disconnect', () => process.exit(1));
serve(process.env, clock);
