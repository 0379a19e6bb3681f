import { Agent, createServer, type IncomingMessage, request, type ServerResponse } from 'node:http';
import type { AddressInfo } from 'node:net';

export type RoundRobin = { origin: string; sendTo(ports: readonly number[]): void; close(): Promise<void> };

/** A load balancer in front of several processes: each request goes to the next one, without sticky sessions. */
export async function startRoundRobin(): Promise<RoundRobin> {
  const agent = new Agent({ keepAlive: true });
  const processes: { ports: readonly number[]; next: number } = { ports: [], next: 0 };
  const server = createServer((incoming, outgoing) => {
    const port = processes.ports[processes.next % processes.ports.length];
    processes.next += 1;
    forward({ agent, port }, incoming, outgoing);
  });
  // Longer than a person's pause, because reuse of a closing connection is not tested here.
  server.keepAliveTimeout = 120_000;
  await new Promise<void>((resolve) => server.listen(0, 'localhost', resolve));
  // It listens on a port, not on a path.
  const { port } = server.address() as AddressInfo;
  return {
    origin: `http://localhost:${port}`,
    sendTo: (ports) => {
      processes.ports = ports;
    },
    close: async () => {
      agent.destroy();
      server.closeAllConnections();
      await new Promise((resolve) => server.close(resolve));
    },
  };
}

function forward(
  { agent, port }: { agent: Agent; port: number | undefined },
  incoming: IncomingMessage,
  outgoing: ServerResponse,
): void {
  const { method, url, headers } = incoming;
  const onward = request({ agent, host: 'localhost', port, method, path: url, headers }, (answer) => {
    outgoing.writeHead(answer.statusCode ?? 502, answer.headers);
    answer.pipe(outgoing);
  });
  onward.on('error', () => (outgoing.headersSent ? outgoing.destroy() : outgoing.writeHead(502).end()));
  incoming.pipe(onward);
}
