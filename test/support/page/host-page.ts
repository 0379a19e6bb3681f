import fastify from 'fastify';
import { signRecordToken } from '#test/sandbox/crm/sign.ts';
import type { Workspace } from '../programs/product.ts';

type Page = {
  /** Markup where a CRM's page has the element. */
  body: string;
  /** Markup in the head, beside the title. */
  head?: string;
  headers?: Record<string, string>;
  /** The content of `/host.js`. */
  script?: string;
  /** Changes what `GET /token` answers with the signed token. Null: it never answers. By default, the token itself. */
  tokenAs?: (token: string) => TokenAnswer | null;
};

type TokenAnswer = { status?: number; headers?: Record<string, string>; body?: string };

export type HostPage = {
  origin: string;
  /** What `GET /` answers from now on. */
  show(page: Page): void;
  /** The product that `GET /token` signs for. */
  signFor(product: { productUrl: string; workspace: Workspace }): void;
  /** Whom tokens are signed for from now on. At first that is an admin. */
  signIn(userId: string): void;
  close(): Promise<void>;
};

/** A minimal host with any headers a test wants. It uses real HTTP, because intercepted pages behave differently. */
export async function startHostPage(): Promise<HostPage> {
  const app = fastify({ forceCloseConnections: true });
  let page: Page = { body: '' };
  let product: { productUrl: string; workspace: Workspace } | undefined;
  let origin = '';
  let userId = 'olivia';
  app.get('/', (_request, reply) =>
    reply
      .headers(page.headers ?? {})
      .type('text/html; charset=utf-8')
      .send(toDocument(page)),
  );
  app.get('/events.js', (_request, reply) => reply.type('text/javascript').send(eventScript));
  app.get('/login', (_request, reply) => reply.type('text/html').send(loginPage));
  app.get('/host.js', (_request, reply) => reply.type('text/javascript').send(page.script));
  app.get<{ Querystring: { recordType: string; recordId: string } }>('/token', async (request, reply) => {
    if (!product) return reply.code(404).send('nobody to sign for');
    const { recordType, recordId } = request.query;
    const token = await signRecordToken({ ...product, ...toRequest(recordType, recordId, origin), userId });
    const answer = page.tokenAs ? page.tokenAs(token) : { body: token };
    // Held until the page or this server closes.
    if (!answer) return reply.hijack();
    return reply
      .code(answer.status ?? 200)
      .headers(answer.headers ?? {})
      .send(answer.body);
  });
  origin = await app.listen({ host: '127.0.0.1', port: 0 });
  return {
    origin,
    show: (next) => {
      page = next;
    },
    signFor: (next) => {
      product = next;
    },
    signIn: (next) => {
      userId = next;
    },
    close: () => app.close(),
  };
}

/** The example CRM has no records of sync. Their tokens name the record only. */
function toRequest(recordType: string, recordId: string, origin: string) {
  const asked = { origin };
  if (['contact', 'company', 'deal', 'settings'].includes(recordType)) return { ...asked, recordType, recordId };
  const record = { type: recordType, ...(recordType !== 'sync' && { id: recordId }), url: origin };
  return { ...asked, recordType: 'settings', recordId: '', overrides: { record, users: undefined } };
}

function toDocument({ head = '', body }: Page): string {
  return `<!doctype html><html lang="en"><head><title>A host</title><script src="/events.js"></script>${head}</head><body>${body}</body></html>`;
}

const loginPage = '<!doctype html><title>Sign in</title><form>www.crm.example</form>';

/** Records what the element tells the page, as the example CRM does. */
const eventScript = `
window.ledgersideEvents = [];
for (const name of ['ready', 'linked', 'unlinked', 'created', 'error'])
  addEventListener('ledgerside:' + name, ({ detail }) => window.ledgersideEvents.push({ type: name, detail }));
`;
