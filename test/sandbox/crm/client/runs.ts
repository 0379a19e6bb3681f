import type { Client } from 'openapi-fetch';
import type { Ledgerside, Run } from '../sync/ledgerside.ts';
import { pageSize, toError } from './answers.ts';
import type { paths } from './generated/openapi.ts';

/** Sending many records, and what became of them. `options` are those of each request. */
export function runsOf(
  client: Client<paths>,
  options: () => { signal: AbortSignal },
): Pick<Ledgerside, 'startRun' | 'findRun' | 'listRunRows'> {
  return {
    startRun: async ({ kind, ids, isTrial }) => {
      const { data, error, response } = await client.POST('/api/records/sync', {
        ...options(),
        body: { kind, crmIds: [...ids], dryRun: isTrial },
      });
      if (data) return data;
      if (error?.code === 'not_connected') return 'not_connected';
      throw toError('the wish to send', response, error);
    },
    findRun: async (id) => {
      const { data, error, response } = await client.GET('/api/runs/{id}', { ...options(), params: { path: { id } } });
      if (data) return toRun(data.run);
      if (error?.code === 'not_found') return undefined;
      throw toError('the run', response, error);
    },
    listRunRows: async (id, cursor) => {
      const { data, error, response } = await client.GET('/api/runs/{id}/rows', {
        ...options(),
        params: { path: { id }, query: { cursor, limit: pageSize } },
      });
      if (!data) throw toError('the rows of the run', response, error);
      return data;
    },
  };
}

type ApiRun = paths['/api/runs/{id}']['get']['responses']['200']['content']['application/json']['run'];

function toRun({ id, dryRun, status, kind, counts, error }: ApiRun): Run {
  return { id, isTrial: dryRun, status, kind, counts, error: error?.message ?? null };
}
