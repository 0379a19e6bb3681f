import { once } from 'node:events';
import { createServer } from 'node:net';

/** Finds a port that is free at this moment, for a program that needs to be told one. */
export async function findFreePort(): Promise<number> {
  const server = createServer();
  server.listen(0);
  await once(server, 'listening');
  const address = server.address();
  server.close();
  await once(server, 'close');
  if (address === null || typeof address === 'string') throw new Error('a TCP server has a port');
  return address.port;
}
