import { systemClock } from '#server/clock.ts';
import { serve } from './serve.ts';

serve(process.env, process.argv.slice(2), systemClock);
