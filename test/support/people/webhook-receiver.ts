import { EventEmitter, once } from 'node:events';
import { createServer } from 'node:http';

export type Received = { headers: Record<string, string>; body: string };

/** A CRM's endpoint for webhooks on this machine. */
export type WebhookReceiver = {
  url: string;
  received: Received[];
  /** What it answers from now on; null: it never answers. */
  answer(status: number | null): void;
  /** Resolves when that many messages have arrived in total. */
  until(count: number): Promise<void>;
  stop(): Promise<void>;
};

export async function startWebhookReceiver(): Promise<WebhookReceiver> {
  const received: Received[] = [];
  const arrivals = new EventEmitter();
  let status: number | null = 200;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const headers = Object.fromEntries(Object.entries(request.headers).map(([name, value]) => [name, String(value)]));
    received.push({ headers, body: Buffer.concat(chunks).toString() });
    if (status !== null) response.writeHead(status, status === 302 ? { location: '/elsewhere' } : {}).end('ok');
    arrivals.emit('message');
  });
  await new Promise<void>((resolve) => server.listen(0, '127.0.0.1', resolve));
  const address = server.address();
  const port = typeof address === 'object' && address ? address.port : 0;
  return {
    url: `http://127.0.0.1:${port}/hooks`,
    received,
    answer: (next) => {
      status = next;
    },
    until: async (count) => {
      while (received.length < count) await once(arrivals, 'message');
    },
    stop: async () => {
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}
