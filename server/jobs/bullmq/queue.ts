import type { Job, Worker } from 'bullmq';
import { z } from 'zod';
import type { SyncPlace } from '#server/sync-place.ts';
import { toPlaceKey } from '../jobs.ts';
import { connect, type JobsConnection } from './connections.ts';

export type PlaceQueue = {
  /** Queues a run of the place. A run that is queued already is enough; one in progress gets one more after it. */
  add(place: SyncPlace): Promise<void>;
  /** Begins to take runs off the queue, `atOnce` at a time. */
  work(run: (place: SyncPlace, signal: AbortSignal) => Promise<void>, atOnce: number): void;
  /** Lets running jobs end, then what `untilSent` waits for, and closes the connections. */
  close(untilSent: () => Promise<void>): Promise<void>;
};

export type QueueOptions = {
  redisUrl: string;
  /** Receives errors that belong to no call, such as a lost connection. */
  onError(error: unknown): void;
  /** How long a place stays with a process that gives no sign of life, in real time. */
  lockMs?: number;
};

const prefix = 'ledgerside:jobs';
const queueName = 'places';
/** Another process takes over the places of a dead one after its lock and at most two of these checks. */
const checksPerLock = 2;
/** A place may be taken over as often as processes die. */
const mostTakeovers = 1_000_000;
/** How many of BullMQ's events are kept, for tools that watch queues. */
const eventsKept = 1_000;
/** How long closing the connections to Redis may take. */
const closeMs = 3_000;

const placeSchema = z.object({ workspaceId: z.string(), organisationId: z.string() });

/** The queue in Redis. BullMQ is loaded here, so that a process without Redis never loads it. */
export async function openPlaceQueue({ redisUrl, onError, lockMs = 15_000 }: QueueOptions): Promise<PlaceQueue> {
  const { Queue, Worker, createNodeRedisClient } = await import('bullmq');
  const adapt = (connection: JobsConnection) => {
    const adapted = createNodeRedisClient(connection);
    // BullMQ stops listening when it is closed. An error without a listener ends the process.
    adapted.on('error', () => undefined);
    return adapted;
  };
  const adding = connect(redisUrl, { isWaiting: false });
  const queue = new Queue(queueName, {
    connection: adapt(adding),
    prefix,
    streams: { events: { maxLen: eventsKept } },
  });
  queue.on('error', onError);
  const working = connect(redisUrl, { isWaiting: true });
  let worker: Worker | undefined;
  return {
    add: async (place) => {
      // One job of a place waits at most. `keepLastIfActive` adds one more when the active one ends.
      const deduplication = { id: toPlaceKey(place), keepLastIfActive: true };
      await queue.add('place', place, { deduplication, removeOnComplete: true, removeOnFail: true });
    },
    work: (run, atOnce) => {
      // BullMQ gives the signal only to functions that name three parameters.
      const process = async (job: Job, _token: string | undefined, signal: AbortSignal | undefined) =>
        run(placeSchema.parse(job.data), signal ?? new AbortController().signal);
      const started = new Worker(queueName, process, {
        connection: adapt(working),
        prefix,
        concurrency: atOnce,
        lockDuration: lockMs,
        stalledInterval: lockMs / checksPerLock,
        maxStalledCount: mostTakeovers,
      });
      started.on('error', onError);
      started.on('lockRenewalFailed', (ids) => {
        for (const id of ids) started.cancelJob(id, 'another process has taken over');
      });
      worker = started;
    },
    close: async (untilSent) => {
      const close = async () => {
        await worker?.close();
        await untilSent();
        await queue.close();
      };
      await Promise.race([close().catch(onError), afterRealMs(closeMs)]);
      // The worker's second connection, if Redis did not answer in time.
      worker?.disconnect().catch(() => undefined);
      for (const connection of [adding, working]) if (connection.isOpen) connection.destroy();
    },
  };
}

function afterRealMs(ms: number): Promise<void> {
  return new Promise((resolve) => {
    // Real time: Redis does not follow the test clock. The timer does not keep the process alive.
    setTimeout(resolve, ms).unref();
  });
}
