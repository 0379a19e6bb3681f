import type { FastifyInstance, FastifyReply, FastifyRequest } from 'fastify';
import { type Fault, statusAnswer } from './faults.ts';
import { toFields } from './fields.ts';
import { flood, floodHeaders } from './flood.ts';
import type { JournalEntry } from './journal.ts';
import type { Sandbox } from './state.ts';

/** Handles calls of the API and of identity on their way in and out: journal, faults, Date header. */
export type Traffic = {
  /** Waits as long as this call's fault says. Without one, resolves at once. */
  stall(request: FastifyRequest): Promise<void>;
  /** The fault chosen for this call. */
  faultOf(request: FastifyRequest): Fault | undefined;
  /** Runs once, when an answer is sent or the connection closes. */
  onAnswer(request: FastifyRequest, act: () => void): void;
};

type Call = { fault: Fault | undefined; entry: JournalEntry; endings: (() => void)[]; gone: AbortSignal };

function isXeroCall(path: string): boolean {
  return /^\/(api\.xro|connections|connect)(\/|$)/.test(path);
}

export function attachTraffic(app: FastifyInstance, sandbox: Sandbox): Traffic {
  const calls = new WeakMap<FastifyRequest, Call>();

  app.addHook('onRequest', async (request, reply) => {
    reply.header('date', new Date(sandbox.clock.now()).toUTCString());
    if (!isXeroCall(pathOf(request))) return;
    const call = openCall(sandbox, request, reply);
    calls.set(request, call);
    sandbox.state.journal.add(call.entry);
    return meetAtTheDoor(sandbox, call, request, reply);
  });

  app.addHook('preHandler', async (request) => {
    const call = calls.get(request);
    if (call && !pathOf(request).startsWith('/api.xro')) await stallFor(sandbox, call);
  });

  app.addHook('onSend', async (request, reply, payload) => {
    const call = calls.get(request);
    if (!call) return payload;
    endCall(call);
    if (call.fault?.kind === 'lose-answer') return loseAnswer(request, reply);
    if (call.fault?.kind === 'late-status') return leave(call, reply, answerInstead(call.fault, reply));
    return leave(call, reply, payload);
  });

  return {
    stall: async (request) => {
      const call = calls.get(request);
      if (call) await stallFor(sandbox, call);
    },
    faultOf: (request) => calls.get(request)?.fault,
    onAnswer: (request, act) => {
      calls.get(request)?.endings.push(act);
    },
  };
}

function pathOf(request: FastifyRequest): string {
  return request.url.split('?')[0] ?? '';
}

function openCall(sandbox: Sandbox, request: FastifyRequest, reply: FastifyReply): Call {
  const gone = new AbortController();
  const entry = toEntry(sandbox, request);
  const fault = sandbox.state.faults.take(request.method, entry.path);
  const call: Call = { fault, entry, endings: [], gone: gone.signal };
  reply.raw.once('close', () => {
    gone.abort();
    endCall(call);
  });
  return call;
}

function endCall(call: Call): void {
  for (const act of call.endings.splice(0)) act();
}

function toEntry({ clock }: Sandbox, request: FastifyRequest): JournalEntry {
  const { headers } = request;
  const key = headers['idempotency-key'];
  const tenantId = headers['xero-tenant-id'];
  return {
    method: request.method,
    path: pathOf(request),
    query: toFields(request.query),
    status: 0,
    requestBytes: Number(headers['content-length'] ?? 0),
    responseBytes: 0,
    at: new Date(clock.now()).toISOString(),
    ...(typeof key === 'string' ? { idempotencyKey: key } : {}),
    ...(typeof tenantId === 'string' ? { tenantId } : {}),
  };
}

/** Faults that answer before any other check. */
async function meetAtTheDoor(sandbox: Sandbox, { fault, entry }: Call, request: FastifyRequest, reply: FastifyReply) {
  if (fault?.kind === 'drop') {
    reply.hijack();
    request.raw.socket.destroy();
    return;
  }
  if (fault?.kind === 'html') {
    return reply
      .type('text/html; charset=utf-8')
      .send('<!doctype html><title>Xero</title><h1>We will be back soon</h1>');
  }
  if (fault?.kind === 'flood') return reply.headers(floodHeaders).send(flood(fault.bytes ?? 400_000_000));
  if (fault?.kind !== 'status') return;
  const { status, body, headers } = statusAnswer(fault);
  const left = entry.tenantId === undefined ? {} : sandbox.state.limits.headers(entry.tenantId);
  return reply
    .status(status)
    .headers({ ...left, ...headers })
    .send(body);
}

/** Ends a hanging call when the client gives up, at reset and at the end; ends a held call also at clear-faults. */
async function stallFor({ state }: Sandbox, { fault, gone }: Call): Promise<void> {
  const delayMs = readDelayMs(fault);
  if (delayMs === 0) return;
  const cleared = fault?.kind === 'hold' ? [state.faults.cleared()] : [];
  const ended = AbortSignal.any([gone, state.ending.signal, ...cleared]);
  await new Promise<void>((resolve) => {
    // Real time: a slow answer must meet the caller's own timeout.
    const timer = delayMs === undefined ? undefined : setTimeout(resolve, delayMs);
    const stop = () => {
      clearTimeout(timer);
      resolve();
    };
    if (ended.aborted) stop();
    else ended.addEventListener('abort', stop, { once: true });
  });
}

/** Undefined: until somebody ends it. */
function readDelayMs(fault: Fault | undefined): number | undefined {
  if (fault?.kind === 'hang' || fault?.kind === 'hold') return undefined;
  return fault?.kind === 'slow' ? (fault.delayMs ?? 1000) : 0;
}

/** The work is done, but the answer is lost. */
function loseAnswer(request: FastifyRequest, reply: FastifyReply): null {
  reply.hijack();
  request.raw.socket.destroy();
  return null;
}

/** The work is done, but a proxy answers something else. */
function answerInstead(fault: Fault, reply: FastifyReply): string {
  const { status, body, headers } = statusAnswer(fault);
  const isText = typeof body === 'string';
  reply.removeHeader('content-length');
  reply
    .status(status)
    .type(isText ? 'text/html; charset=utf-8' : 'application/json; charset=utf-8')
    .headers(headers);
  return isText ? body : JSON.stringify(body);
}

function leave({ fault, entry }: Call, reply: FastifyReply, payload: unknown): unknown {
  const whole = typeof payload === 'string' || Buffer.isBuffer(payload) ? payload : '';
  const sent = fault?.kind === 'truncate' ? whole.slice(0, Math.ceil(whole.length / 2)) : payload;
  if (fault?.kind === 'truncate') reply.removeHeader('content-length');
  entry.status = reply.statusCode;
  entry.responseBytes = typeof sent === 'string' || Buffer.isBuffer(sent) ? Buffer.byteLength(sent) : 0;
  return sent;
}
