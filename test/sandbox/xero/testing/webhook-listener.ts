import { createHmac } from 'node:crypto';
import { once } from 'node:events';
import { createServer } from 'node:http';
import type { AddressInfo } from 'node:net';

type Heard = { isSignedRight: boolean; body: { events: Record<string, string>[] } & Record<string, unknown> };

/** An app that answers webhooks as Xero requires, or as a test wants. */
export type WebhookListener = {
  url: string;
  key: string;
  /** Every POST received, oldest first. Those of the intent-to-receive check have no events. */
  heard(): Heard[];
  /** Only posts with a valid signature and events. */
  events(): Record<string, string>[];
  answerWith(status: number | null): void;
  close(): Promise<void>;
};

export async function openWebhookListener(): Promise<WebhookListener> {
  const key = 'a key of the app';
  const heard: Heard[] = [];
  let forced: number | null = null;
  const server = createServer(async (request, response) => {
    const chunks: Buffer[] = [];
    for await (const chunk of request) chunks.push(chunk);
    const text = Buffer.concat(chunks);
    const isSignedRight =
      createHmac('sha256', key).update(text).digest('base64') === request.headers['x-xero-signature'];
    heard.push({ isSignedRight, body: JSON.parse(text.toString()) });
    response.writeHead(forced ?? (isSignedRight ? 200 : 401)).end();
  });
  server.listen(0, 'localhost');
  await once(server, 'listening');
  const { port } = server.address() as AddressInfo;
  return {
    url: `http://localhost:${port}/webhooks/xero`,
    key,
    heard: () => heard,
    events: () => heard.filter(({ isSignedRight }) => isSignedRight).flatMap(({ body }) => body.events),
    answerWith: (status) => {
      forced = status;
    },
    close: async () => {
      server.closeAllConnections();
      server.close();
      await once(server, 'close');
    },
  };
}
