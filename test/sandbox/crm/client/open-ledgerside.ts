import createClient, { type Middleware } from 'openapi-fetch';
import type {
  Change,
  HandedRecord,
  HandedResult,
  ListedRecord,
  OpenLedgerside,
  SyncRecord,
  XeroBill,
} from '../sync/ledgerside.ts';
import { signBackendToken } from '../sync/sign-backend-token.ts';
import { pageSize, toError } from './answers.ts';
import type { paths } from './generated/openapi.ts';
import { runsOf } from './runs.ts';

type BatchRoute = paths['/api/records/batch']['post'];
type BatchRows = BatchRoute['requestBody']['content']['application/json']['records'];
type BatchResult = BatchRoute['responses']['200']['content']['application/json']['results'][number];
type RecordSummary = NonNullable<BatchResult['record']>;

/** How long the CRM waits for an answer. */
const timeoutMs = 60_000;

/** Ledgerside's API by the types of its own description. */
export const openLedgerside: OpenLedgerside = ({ productUrl, workspace, now, person }) => {
  const client = createClient<paths>({ baseUrl: productUrl });
  client.use({
    onRequest: async ({ request }) => {
      const token = await signBackendToken({ productUrl, workspace }, { now: now(), person });
      request.headers.set('authorization', `Bearer ${token}`);
      return request;
    },
  } satisfies Middleware);
  // Real time: the answer comes over the network.
  const options = () => ({ signal: AbortSignal.timeout(timeoutMs) });
  return {
    putMany: async (records) => {
      const { data, error, response } = await client.POST('/api/records/batch', {
        ...options(),
        body: { records: toRows(records) },
      });
      if (!data) throw toError('the batch', response, error);
      return data.results.map(toResult);
    },
    remove: async ({ kind, crmId, version }) => {
      const { data, error, response } = await client.DELETE('/api/records/{kind}/{crmId}', {
        ...options(),
        params: { path: { kind, crmId }, query: { version } },
      });
      if (data) return { status: response.status, record: toSyncRecord(data.record), refusal: null };
      if (!error || !isFinal(response.status)) throw toError('the deletion', response, error);
      return { status: response.status, record: null, refusal: toRefusal(error) };
    },
    listChanges: async (cursor) => {
      const { data, error, response } = await client.GET('/api/changes', {
        ...options(),
        params: { query: { cursor, limit: pageSize } },
      });
      if (error?.code === 'cursor_expired') return 'expired';
      if (!data) throw toError('the changes', response, error);
      return { ...data, changes: data.changes.map(toChange) };
    },
    accept: async (id, crmId) => {
      const { data, error, response } = await client.POST('/api/changes/{id}/accepted', {
        ...options(),
        params: { path: { id } },
        body: { crmId },
      });
      if (data) return { record: toSyncRecord(data.record), refusal: null };
      if (!error || !isFinal(response.status)) throw toError('the acceptance', response, error);
      return { record: null, refusal: toRefusal(error) };
    },
    listRecords: async ({ kinds, states, cursor }) => {
      const { data, error, response } = await client.GET('/api/records', {
        ...options(),
        params: { query: { kind: kinds && [...kinds], state: states && [...states], cursor, limit: pageSize } },
      });
      if (!data) throw toError('the records', response, error);
      return { ...data, records: data.records.map(toListed) };
    },
    ...runsOf(client, options),
    setWebhook: async (url) => {
      const { data, error, response } = await client.PUT('/api/sync/webhook', {
        ...options(),
        body: { url, enabled: true, newSecret: true },
      });
      if (!data?.secret) throw toError('the webhook', response, error);
      return data.secret;
    },
  };
};

type ApiData = { record: RecordSummary; bill?: XeroBill | null } | { organisation: unknown };
type ApiChange = { id: string; type: string; xeroId: string | null; data: ApiData };

function toChange({ id, type, xeroId, data }: ApiChange): Change {
  if (!('record' in data)) return { id, type, xeroId, record: null, bill: null };
  return { id, type, xeroId, record: toListed(data.record), bill: data.bill ?? null };
}

function toListed(record: RecordSummary): ListedRecord {
  return { kind: record.kind, crmId: record.crmId, state: toSyncRecord(record) };
}

/** The API itself checks what a kind's data holds, and says of each row what is wrong with it. */
function toRows(records: readonly HandedRecord[]): BatchRows {
  return records as unknown as BatchRows;
}

/** Refusals that would be the same next time. An empty answer of a proxy has no body, and is none of them. */
function isFinal(status: number): boolean {
  return status >= 400 && status < 500 && ![401, 403, 408, 429].includes(status);
}

function toResult({ status, record, problem }: BatchResult): HandedResult {
  return { status, record: record && toSyncRecord(record), refusal: problem && toRefusal(problem) };
}

type Problem = { title: string; errors?: { path: string; message: string }[]; newer?: unknown };

function toRefusal({ title, errors, newer }: Problem): HandedResult['refusal'] {
  const first = errors?.[0];
  const message = first ? `${title}: ${first.path} ${first.message}` : title;
  return typeof newer === 'object' && newer !== null && 'version' in newer
    ? { message, newerVersion: Number(newer.version) }
    : { message };
}

function toSyncRecord(record: RecordSummary): SyncRecord {
  const { state, xeroKind, xeroId, xeroNumber, xeroUrl, syncedAt } = record;
  return { state, message: toMessage(record), xeroKind, xeroId, xeroNumber, xeroUrl, syncedAt };
}

function toMessage({ state, problem, question, reason, sentVersion, excluded }: RecordSummary): string | null {
  if (state === 'changed') return sentVersion === null ? 'Not sent yet' : 'Changed since last sync';
  if (excluded) return excluded.user ? `Left out by ${excluded.user.name}` : toRule(excluded.rule);
  return (problem ?? question ?? reason)?.message ?? null;
}

function toRule(rule: string | null): string {
  if (rule === 'since') return 'Older than the day from which records are sent';
  return rule === 'direction_off' ? 'Sending is turned off' : 'Left out by a rule of the sync';
}
