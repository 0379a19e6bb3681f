import type { Cache } from '#server/cache/cache.ts';
import type { Clock } from '#server/clock.ts';
import type { Sealer } from '#server/sealing.ts';
import type { Store } from '#server/store/store.ts';
import {
  buildCheckConnection,
  buildConnections,
  buildToConnectionError,
} from '#server/xero/access/connection-checks.ts';
import { buildTokens, type XeroTokens } from '#server/xero/access/tokens.ts';
import { buildNoteSetAside, type XeroList } from '#server/xero/answers/read-rows.ts';
import type { XeroBills } from '#server/xero/arrivals/bills.ts';
import { buildAsk } from '#server/xero/calling/ask.ts';
import { installAxiosInterceptor } from '#server/xero/calling/axios-interceptor.ts';
import { buildGovernor, type Waited, type XeroGovernor } from '#server/xero/calling/governor.ts';
import { buildSendQuestion } from '#server/xero/calling/send-question.ts';
import type { Random, Wait, XeroConfig, XeroLog } from '#server/xero/calling/xero-config.ts';
import type { XeroChanges, XeroReads } from '#server/xero/documents/lists/document-reads.ts';
import { getOrganisation } from '#server/xero/organisation/get-organisation.ts';
import type { XeroRecords } from '#server/xero/records/records.ts';
import packageJson from '../../package.json' with { type: 'json' };
import { bindQuestions } from './bind-questions.ts';
import type { XeroGateway } from './gateway.ts';

export type XeroGatewayDeps = {
  config: XeroConfig;
  clock: Pick<Clock, 'now' | 'steadyMs'>;
  log: XeroLog;
  store: Pick<Store, 'connections'>;
  cache: Pick<Cache, 'governor'>;
  sealer: Sealer;
  wait: Wait;
  onWait?: (waited: Waited) => void;
  /** Called with the number of rows in a list that could not be parsed. */
  onSetAside?: (list: XeroList, rows: number) => void;
  /** Tests pass their own; the default is Math.random. */
  random?: Random;
};

const defaultTimeoutMs = 10_000;

/** The gateway: every question to Xero, with the governor that decides when it may be asked. */
export function buildXeroGateway(
  given: XeroGatewayDeps,
): XeroGateway & XeroReads & XeroChanges & XeroRecords & XeroBills & { tokens: XeroTokens; governor: XeroGovernor } {
  const { config } = given;
  const shared = {
    ...given,
    random: given.random ?? Math.random,
    userAgent: readUserAgent(),
  };
  const timeoutMs = config.timeoutMs ?? defaultTimeoutMs;
  const tokens = buildTokens(shared);
  const governor = buildGovernor({ ...shared, dailyCalls: config.dailyCalls });
  const noteSetAside = buildNoteSetAside(given.log, given.onSetAside ?? (() => undefined));
  const connections = buildConnections({ ...shared, noteSetAside, apiUrl: config.apiUrl, timeoutMs });
  const send = buildSendQuestion({ ...shared, apiUrl: config.apiUrl, contexts: installAxiosInterceptor() });
  const asking = { ...shared, tokens, governor, timeoutMs, send };
  const checks = { ...shared, connections, tokens };
  const ask = buildAsk({ ...asking, toConnectionError: buildToConnectionError(checks, { isSure: false }) });
  const askToBeSure = buildAsk({ ...asking, toConnectionError: buildToConnectionError(checks, { isSure: true }) });
  const deps = { ask, noteSetAside, log: given.log, clock: given.clock };
  return {
    tokens,
    governor,
    ...bindQuestions(deps),
    listConnections: async (accessToken, how) => (await connections.list(accessToken, how)).connections,
    checkConnection: buildCheckConnection(checks, (caller) => getOrganisation({ ...deps, ask: askToBeSure }, caller)),
    deleteConnection: connections.remove,
  };
}

/** The network in front of Xero answers 403 with HTML to a call without a User-Agent (observed, not documented). */
function readUserAgent(): string {
  return `ledgerside/${packageJson.version}`;
}
