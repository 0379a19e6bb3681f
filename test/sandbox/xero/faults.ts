import type { Alteration } from './api/altered-answer.ts';
import type { RefusalSign } from './api/writes/errors-inside.ts';
import { notFoundText } from './errors.ts';

export type FaultKind =
  | 'status'
  | 'slow'
  | 'hang'
  | 'hold'
  | 'drop'
  | 'html'
  | 'truncate'
  | 'lose-answer'
  | 'late-status'
  | 'errors-inside'
  | 'alter'
  | 'flood';

export type LimitProblem = 'minute' | 'day' | 'concurrent' | 'appminute';

export type Fault = {
  kind: FaultKind;
  /** For kinds "status" and "late-status". */
  status?: number;
  /** Replaces the documented body of that status. */
  body?: unknown;
  headers?: Record<string, string>;
  retryAfterSeconds?: number;
  /** The limit that a 429 names. */
  problem?: LimitProblem;
  /** For kind "slow". */
  delayMs?: number;
  /** For kind "errors-inside": how the refusal shows (by default in every way), and its message. */
  sign?: RefusalSign;
  message?: string;
  /** For kind "alter": how the answer differs. */
  alteration?: Alteration;
  /** For kind "flood": the decompressed length of the answer; by default 400 million. */
  bytes?: number;
  /** How many calls get the fault; by default 1, null for every call. */
  times?: number | null;
  method?: string;
  /** The source of a regular expression for the path, without the query. */
  path?: string;
};

export type FaultBox = {
  add(fault: Fault): void;
  clear(): void;
  /** Aborted by the next `clear`: held calls continue. */
  cleared(): AbortSignal;
  /** Takes the oldest fault that matches this call, and uses it up. */
  take(method: string, path: string): Fault | undefined;
};

export function createFaultBox(): FaultBox {
  let waiting: { fault: Fault; left: number }[] = [];
  let clearing = new AbortController();
  return {
    add: (fault) => {
      waiting.push({ fault, left: fault.times === null ? Number.POSITIVE_INFINITY : (fault.times ?? 1) });
    },
    clear: () => {
      waiting = [];
      clearing.abort();
      clearing = new AbortController();
    },
    cleared: () => clearing.signal,
    take: (method, path) => {
      const found = waiting.find(({ fault, left }) => left > 0 && fits(fault, method, path));
      if (found) found.left -= 1;
      return found?.fault;
    },
  };
}

function fits(fault: Fault, method: string, path: string): boolean {
  return (
    (fault.method === undefined || fault.method.toUpperCase() === method) &&
    (fault.path === undefined || new RegExp(fault.path).test(path))
  );
}

export type StatusAnswer = { status: number; body: unknown; headers: Record<string, string> };

/** The documented answer for a status, before the fault's own settings. */
export function statusAnswer(fault: Fault): StatusAnswer {
  const status = fault.status ?? 500;
  return {
    status,
    body: fault.body ?? documentedBody(status),
    headers: { ...(status === 429 ? limitHeaders(fault) : retryAfter(fault)), ...fault.headers },
  };
}

/** The headers of a used-up limit: nothing is left. */
const spentHeaders: Record<LimitProblem, Record<string, string>> = {
  minute: { 'x-minlimit-remaining': '0' },
  day: { 'x-daylimit-remaining': '0' },
  appminute: { 'x-appminlimit-remaining': '0' },
  concurrent: {},
};

function limitHeaders(fault: Fault): Record<string, string> {
  const problem = fault.problem ?? 'minute';
  const known: Record<string, number> = { minute: 60, day: 3600, appminute: 60 };
  const seconds = fault.retryAfterSeconds ?? known[problem];
  return {
    'x-rate-limit-problem': problem,
    ...spentHeaders[problem],
    ...(seconds === undefined ? {} : { 'retry-after': String(seconds) }),
  };
}

function retryAfter(fault: Fault): Record<string, string> {
  return fault.retryAfterSeconds === undefined ? {} : { 'retry-after': String(fault.retryAfterSeconds) };
}

function gateway(Title: string, Status: number, Detail: string) {
  return {
    Type: null,
    Title,
    Status,
    Detail,
    Instance: '7f3e4a6c-1c2b-4b54-9d0a-35f1a1b0c9de',
    Extensions: {},
  };
}

function documentedBody(status: number): unknown {
  const bodies: Record<number, unknown> = {
    400: {
      ErrorNumber: 10,
      Type: 'ValidationException',
      Message: 'A validation exception occurred',
      Elements: [{ ValidationErrors: [{ Message: 'A validation error that the sandbox was asked for' }] }],
    },
    401: gateway('Unauthorized', 401, 'TokenExpired: token expired at 01/01/2026 00:00:00'),
    403: gateway('Forbidden', 403, 'AuthorizationUnsuccessful'),
    404: notFoundText,
    429: '',
    500: {
      ErrorNumber: 500,
      Type: 'PostDataInvalidException',
      Message: 'An error occurred in Xero. Check the API Status page',
    },
    503: 'The Xero API is currently offline for maintenance',
  };
  return bodies[status] ?? '';
}
