import type { BullmqOptions } from './bullmq/jobs.ts';
import { openBullmqJobs } from './bullmq/jobs.ts';
import { buildInProcessJobs } from './in-process.ts';
import type { Jobs } from './jobs.ts';

/** Without `redisUrl`, for one process. */
export async function openJobs({
  redisUrl,
  ...options
}: Omit<BullmqOptions, 'redisUrl'> & { redisUrl?: string | undefined }): Promise<Jobs> {
  return redisUrl === undefined ? buildInProcessJobs(options) : openBullmqJobs({ ...options, redisUrl });
}
