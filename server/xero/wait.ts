import { setTimeout as sleep } from 'node:timers/promises';
import type { Wait } from './xero-config.ts';

/** Real time. */
export const systemWait: Wait = (ms, signal) => sleep(ms, undefined, { signal });
