import type { FastifyInstance } from 'fastify';
import { Counter, collectDefaultMetrics, Gauge, Histogram, Registry } from 'prom-client';
import type { JobEnd } from '#server/jobs/jobs.ts';
import type { XeroList } from '#server/xero/answers/read-rows.ts';
import type { Waited } from '#server/xero/calling/governor.ts';

/** The process's metrics. No id, name or amount becomes a label. */
export type Metrics = {
  registry: Registry;
  noteXeroWait(waited: Waited): void;
  /** Counts rows of a list that could not be parsed. */
  noteSetAside(list: XeroList, rows: number): void;
  noteJobEnd(end: JobEnd): void;
};

export function buildMetrics(): Metrics {
  const registry = new Registry();
  collectDefaultMetrics({ register: registry });
  const waits = new Histogram({
    name: 'xero_wait_seconds',
    help: 'Time in the queue before a call to Xero, by who waited and whether the call was let through',
    labelNames: ['priority', 'admitted'],
    buckets: [0.01, 0.1, 0.5, 1, 2, 4, 8, 15, 30, 61, 65],
    registers: [registry],
  });
  const setAside = new Counter({
    name: 'xero_rows_set_aside_total',
    help: 'Rows of Xero that could not be read and were set aside, by list',
    labelNames: ['list'],
    registers: [registry],
  });
  const jobs = new Histogram({
    name: 'job_duration_seconds',
    help: 'Time that work of sync took, by job (place: one organisation of one workspace) and outcome',
    labelNames: ['job', 'outcome'],
    buckets: [0.01, 0.1, 0.5, 1, 5, 15, 60, 300, 900],
    registers: [registry],
  });
  return {
    registry,
    noteJobEnd: ({ job, isFailed, durationMs }) =>
      jobs.observe({ job, outcome: isFailed ? 'failed' : 'done' }, durationMs / 1000),
    noteSetAside: (list, rows) => setAside.inc({ list }, rows),
    noteXeroWait: ({ priority, waitMs, isAdmitted }) =>
      waits.observe({ priority, admitted: String(isAdmitted) }, waitMs / 1000),
  };
}

/** Measures requests by route pattern, never by URL. */
export function measureRequests(app: FastifyInstance, { registry }: Metrics): void {
  const durations = new Histogram({
    name: 'http_request_duration_seconds',
    help: 'Time to answer, by route pattern, method and status',
    labelNames: ['route', 'method', 'status'],
    buckets: [0.001, 0.005, 0.01, 0.05, 0.1, 0.5, 1, 2.5, 5, 10],
    registers: [registry],
  });
  app.addHook('onResponse', async (request, reply) => {
    const route = request.routeOptions.url ?? 'unknown';
    durations.observe({ route, method: request.method, status: String(reply.statusCode) }, reply.elapsedTime / 1000);
  });
}

/** Shows how long the longest waiting record has been due. `read` answers seconds; NaN is shown when it fails. */
export function measureLag({ registry }: Pick<Metrics, 'registry'>, read: () => Promise<number>): void {
  const lag: Gauge = new Gauge({
    name: 'sync_lag_seconds',
    help: 'How long the record that has waited longest has been due; 0 when none is due',
    registers: [registry],
    collect: async () => {
      lag.set(await read().catch(() => Number.NaN));
    },
  });
}
