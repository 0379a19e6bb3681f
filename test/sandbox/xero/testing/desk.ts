import { apiHeaders, openSession, type Session } from './session.ts';

type Row = Record<string, unknown>;

/** A running sandbox with a connected organisation, and a test's ways to read and write. */
export type TestDesk = {
  session: Session;
  tenantId(): string;
  /** ContactID by name. */
  contact(name: string): string;
  /** Resets and connects again. Call it before each test. */
  renew(): Promise<void>;
  send(
    method: 'PUT' | 'POST' | 'DELETE',
    path: string,
    body?: unknown,
    headers?: Record<string, string>,
  ): Promise<Response>;
  /** Returns the first element of a write's answer. Fails if the write was refused. */
  write(method: 'PUT' | 'POST', path: string, body: unknown): Promise<Row>;
  /** Returns a refusal's messages. Fails if the write was accepted. */
  refusal(method: 'PUT' | 'POST' | 'DELETE', path: string, body?: unknown): Promise<string[]>;
  read(path: string, headers?: Record<string, string>): Promise<Response>;
  /** Returns the elements of a list. Fails if the answer is not a list. */
  list(path: string): Promise<Row[]>;
};

export async function openTestDesk(): Promise<TestDesk> {
  const session = await openSession();
  let now = { token: '', tenantId: '', contacts: {} as Record<string, string> };
  const send: TestDesk['send'] = (method, path, body, headers = {}) =>
    fetch(`${session.xero.origin}/api.xro/2.0${path}`, {
      method,
      headers: { ...apiHeaders(now.token, now.tenantId), 'content-type': 'application/json', ...headers },
      ...(body === undefined ? {} : { body: toBody(body) }),
    });
  return {
    session,
    tenantId: () => now.tenantId,
    contact: (name) => now.contacts[name] ?? '',
    renew: async () => {
      await session.control.reset();
      const { access_token: token } = await session.connect();
      await session.control.limits({ minute: 10_000 });
      now = { ...(now.tenantId === '' ? await readDemo(session) : now), token };
    },
    send,
    write: async (method, path, body) => firstOf(await send(method, path, body), 200),
    refusal: async (method, path, body) => textsOf(await firstOf(await send(method, path, body), 400)),
    read: (path, headers) => session.get(path, { ...now, ...(headers ? { headers } : {}) }),
    list: async (path) => listOf(await session.get(path, now)),
  };
}

/** Ids are the same after every reset. */
async function readDemo({ control }: Session) {
  const [demo] = (await control.seedInfo()).organisations;
  return { tenantId: demo?.tenantId ?? '', contacts: demo?.contacts ?? {} };
}

function toBody(body: unknown): string | Blob {
  if (body instanceof Uint8Array) return new Blob([new Uint8Array(body)]);
  return typeof body === 'string' ? body : JSON.stringify(body);
}

async function firstOf(answer: Response, status: number): Promise<Row> {
  return (await listOf(answer, status))[0] ?? {};
}

async function listOf(answer: Response, status = 200): Promise<Row[]> {
  const text = await answer.text();
  if (answer.status !== status) throw new Error(`expected ${status}, got ${answer.status}: ${text}`);
  const lists = Object.values(JSON.parse(text) as Row).filter((value): value is Row[] => Array.isArray(value));
  return lists[0] ?? [];
}

function textsOf(element: Row): string[] {
  return ((element.ValidationErrors ?? []) as { Message: string }[]).map(({ Message }) => Message);
}
