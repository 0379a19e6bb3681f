import type { z } from 'zod';
import type { Route, RouteAnswer } from '#shared/contract/route.ts';
import { type Opened, openRoute } from '#shared/contract/session/open.ts';
import { signRecordToken } from '#test/sandbox/crm/sign.ts';
import { readText } from '../network/read-text.ts';
import type { Workspace } from '../programs/product.ts';

export type Embedding = {
  productUrl: string;
  crmOrigin: string;
  workspace: Workspace;
  /** The CRM's clock when it signs; by default the real one. */
  now?: () => Date;
};

export type VisitRequest = {
  userId: string;
  recordType: string;
  recordId?: string;
  /** Claims that replace the example CRM's own, such as `contacts`. */
  claims?: Record<string, unknown>;
};

/** One widget session over plain HTTP, without a browser. */
export type Visit = {
  opened: Opened;
  /** Sends any request in this session and returns the answer, even if it failed. */
  send(
    method: string,
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<{ status: number; headers: Headers; body: unknown }>;
  /** Sends a request by its contract. Rejects unless the answer matches the contract. */
  call<R extends Route>(route: R, input?: { query?: Record<string, string>; body?: unknown }): Promise<RouteAnswer<R>>;
};

/** Opens the widget as the CRM's page would: a signed token and one `POST /api/open`. */
export async function openVisit(embedding: Embedding, request: VisitRequest): Promise<Visit> {
  const { productUrl, crmOrigin: origin, workspace, now } = embedding;
  const { userId, recordType, recordId = '', claims: overrides } = request;
  const asked = { productUrl, workspace, userId, recordType, recordId, origin, now: now?.() };
  const token = await signRecordToken({ ...asked, ...(overrides && { overrides }) });
  const opened = await readAnswer(
    openRoute.response,
    await sendJson(`${productUrl}/api/open`, { method: 'POST', body: { token, workspace: workspace.id } }),
  );
  const send: Visit['send'] = async (method, path, body, headers) => {
    const answer = await sendJson(productUrl + path, { method, body, headers, bearer: opened.session.token });
    return { status: answer.status, headers: answer.headers, body: await readBody(answer) };
  };
  const call: Visit['call'] = async (route, { query, body } = {}) => {
    const address = `${productUrl}${route.path}${query ? `?${new URLSearchParams(query)}` : ''}`;
    const answer = await sendJson(address, { method: route.method, body, bearer: opened.session.token });
    return (await readAnswer(route.response, answer)) as RouteAnswer<typeof route>;
  };
  return { opened, send, call };
}

type Sent = { method: string; body?: unknown; bearer?: string; headers?: Record<string, string> };

/** Sends JSON, or a file's bytes unchanged. */
function sendJson(address: string, { method, body, bearer, ...sent }: Sent): Promise<Response> {
  const isFile = body instanceof Uint8Array;
  const headers = {
    ...(body !== undefined && { 'content-type': isFile ? 'application/octet-stream' : 'application/json' }),
    ...(bearer && { authorization: `Bearer ${bearer}` }),
    ...sent.headers,
  };
  return fetch(address, { method, headers, body: isFile ? new Blob([Buffer.from(body)]) : toJson(body) });
}

function toJson(body: unknown): string | undefined {
  return body === undefined ? undefined : JSON.stringify(body);
}

async function readAnswer<T extends z.ZodType>(schema: T, answer: Response): Promise<z.output<T>> {
  const body = await readBody(answer);
  if (!answer.ok) throw new Error(`${answer.url} answered ${answer.status}: ${JSON.stringify(body)}`);
  return schema.parse(body);
}

async function readBody(answer: Response): Promise<unknown> {
  const text = await readText(answer);
  return /json/.test(answer.headers.get('content-type') ?? '') ? JSON.parse(text) : text;
}
