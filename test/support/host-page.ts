import fastify from 'fastify';
import { signRecordToken } from '#test/sandbox/crm/sign.ts';
import type { Workspace } from './product.ts';

export type HostPage = {
  origin: string;
  /** What `GET /` answers from now on. `body` stands where a CRM's page would have the element. */
  show(page: { body: string; headers?: Record<string, string> }): void;
  /** For whom `GET /token` signs. */
  signFor(product: { productUrl: string; workspace: Workspace }): void;
  close(): Promise<void>;
};

/** A host as small as can be, with any headers a test wants; real HTTP, because intercepted pages are not the same. */
export async function startHostPage(): Promise<HostPage> {
  const app = fastify({ forceCloseConnections: true });
  let page: { body: string; headers?: Record<string, string> } = { body: '' };
  let product: { productUrl: string; workspace: Workspace } | undefined;
  let origin = '';
  app.get('/', (_request, reply) =>
    reply
      .headers(page.headers ?? {})
      .type('text/html; charset=utf-8')
      .send(toDocument(page.body)),
  );
  app.get('/events.js', (_request, reply) => reply.type('text/javascript').send(eventScript));
  app.get<{ Querystring: { recordType: string; recordId: string } }>('/token', async (request, reply) => {
    if (!product) return reply.code(404).send('nobody to sign for');
    const { recordType, recordId } = request.query;
    return signRecordToken({ ...product, userId: 'olivia', recordType, recordId, origin });
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
    close: () => app.close(),
  };
}

const toDocument = (body: string): string =>
  `<!doctype html><html lang="en"><head><title>A host</title><script src="/events.js"></script></head><body>${body}</body></html>`;

/** As the example CRM does: keeps what the element tells the page. */
const eventScript = `
window.ledgersideEvents = [];
for (const name of ['ready', 'linked', 'unlinked', 'created', 'error'])
  addEventListener('ledgerside:' + name, ({ detail }) => window.ledgersideEvents.push({ type: name, detail }));
`;
