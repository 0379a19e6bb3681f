import { AsyncLocalStorage } from 'node:async_hooks';
import { createRequire } from 'node:module';
import type { XeroAnswer, XeroOutcome } from '#server/xero/answers/xero-answer.ts';
import { readCode } from './http.ts';
import { refusePathSteps } from './path-steps.ts';
import { buildHeldTransport } from './send-gate.ts';

/** What one call needs from the HTTP client below xero-node, and how it ended. */
export type CallContext = {
  signal: AbortSignal;
  userAgent: string;
  /**
   * Sent unchanged, instead of what xero-node would build from its argument, so that the stored bytes are what is sent.
   */
  body?: XeroBody;
  /** The answer is a file and is kept as bytes. */
  isBinary?: boolean;
  /** Called when the connection is ready. False: nothing is sent. */
  mayLeave?: () => boolean;
  isKeptBack?: boolean;
  outcome?: XeroOutcome;
  /** Why nothing was sent. */
  refusal?: unknown;
};

export type XeroBody = { bytes: string | Buffer; contentType: string };

export type CallContexts = AsyncLocalStorage<CallContext>;

/** The part of axios that is used. It comes with xero-node and is not a dependency of ours. */
type RequestConfig = Record<string, unknown> & { method?: string; url?: string; headers: Record<string, unknown> };
type Response = { status: number; headers: Record<string, unknown>; data: unknown };
type Interceptors<T> = { use(onFulfilled: (value: T) => T, onRejected?: (error: unknown) => never): void };
type Axios = { interceptors: { request: Interceptors<RequestConfig>; response: Interceptors<Response> } };

/** 5,000 invoices in summary take about 4 MB. A larger answer is an error. */
const maxAnswerBytes = 32 * 1024 * 1024;

const installed = Symbol.for('ledgerside.xero-node.call-contexts');

/**
 * xero-node has no timeout and no cancellation, and converts every answer into its own classes, but it uses one axios
 * instance. This interceptor adds timeout and cancellation to calls within a context and keeps their answers as Xero's
 * text. Other calls are unchanged. A mark on the axios instance makes sure that it is installed only once.
 */
export function installAxiosInterceptor(): CallContexts {
  const own = createRequire(import.meta.url);
  const axios: Axios & { [installed]?: CallContexts } = createRequire(own.resolve('xero-node'))('axios');
  const contexts = axios[installed] ?? new AsyncLocalStorage<CallContext>();
  if (!axios[installed]) intercept(axios, contexts);
  axios[installed] = contexts;
  return contexts;
}

function intercept(axios: Axios, contexts: CallContexts): void {
  axios.interceptors.request.use((config) => {
    const context = contexts.getStore();
    if (context) checkPath(config, context);
    return context ? shape(config, context) : config;
  });
  axios.interceptors.response.use(
    (response) => {
      const context = contexts.getStore();
      if (context) context.outcome = { kind: 'answer', answer: toAnswer(response) };
      return response;
    },
    (error) => {
      const context = contexts.getStore();
      if (context && context.refusal === undefined) context.outcome = toFailedOutcome(error, context);
      throw error;
    },
  );
}

/** xero-node escapes values in a path, but `..` contains nothing to escape. */
function checkPath({ url = '' }: RequestConfig, context: CallContext): void {
  try {
    refusePathSteps(url);
  } catch (error) {
    context.refusal = error;
    throw error;
  }
}

function shape(config: RequestConfig, context: CallContext): RequestConfig {
  const { signal, userAgent, body, isBinary, mayLeave } = context;
  config.headers['user-agent'] = userAgent;
  if (body) {
    config.headers['content-type'] = body.contentType;
    Object.assign(config, { data: body.bytes, transformRequest: [(data: unknown) => data] });
  }
  // xero-node sends the body `{}` with every GET.
  if (config.method?.toUpperCase() === 'GET') delete config.data;
  if (mayLeave) {
    const onKeptBack = () => {
      context.isKeptBack = true;
    };
    Object.assign(config, { transport: buildHeldTransport({ mayLeave, onKeptBack }) });
  }
  return Object.assign(config, {
    signal,
    responseType: isBinary ? 'arraybuffer' : 'text',
    transformResponse: [(text: unknown) => text],
    validateStatus: () => true,
    maxContentLength: maxAnswerBytes,
    maxRedirects: 0,
    // Only config.ts reads the environment, and a proxy would see bearer tokens.
    proxy: false,
  });
}

function toAnswer({ status, headers, data }: Response): XeroAnswer {
  const entries = Object.entries(headers).map(([name, value]) => [name.toLowerCase(), String(value)]);
  const answer = { status, headers: Object.fromEntries(entries) };
  if (!Buffer.isBuffer(data)) return { ...answer, text: typeof data === 'string' ? data : '' };
  // A refusal of a file request is JSON too.
  return { ...answer, text: status < 300 ? '' : data.toString('utf8'), bytes: data };
}

function toFailedOutcome(error: unknown, { signal, isKeptBack }: CallContext): XeroOutcome {
  const code = readCode(error);
  if (isKeptBack) return { kind: 'kept_back', code };
  if (signal.aborted) return { kind: isTimeout(signal.reason) ? 'timeout' : 'cancelled', code };
  // Axios's message when maxContentLength is exceeded; the error has no code of its own.
  const isTooLarge = error instanceof Error && error.message.startsWith('maxContentLength');
  return { kind: isTooLarge ? 'too_large' : 'network', code };
}

function isTimeout(reason: unknown): boolean {
  return reason instanceof Error && reason.name === 'TimeoutError';
}
