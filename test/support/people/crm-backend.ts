import { SignJWT } from 'jose';
import { readText } from '../network/read-text.ts';
import type { TestApp } from '../world/app.ts';

export type BackendAnswer<Body> = { status: number; headers: Headers; body: Body };

type Signing = Pick<TestApp, 'workspace' | 'origin'> & { clock: Pick<TestApp['clock'], 'now'> };

/** The CRM's backend, which sends its records with a token that its workspace's key signs. */
export type CrmBackend = {
  sign(change?: Record<string, unknown>): Promise<string>;
  /** Sends JSON, with a token of its own unless one is given. */
  send<Body = Record<string, unknown>>(
    method: string,
    path: string,
    body?: unknown,
    token?: string,
  ): Promise<BackendAnswer<Body>>;
};

export function buildCrmBackend(app: Signing): CrmBackend {
  const sign: CrmBackend['sign'] = (change = {}) => {
    const iat = Math.floor(app.clock.now().getTime() / 1000);
    const claims = { iss: app.workspace.id, aud: `${app.origin}/api/records`, iat, exp: iat + 300, ...change };
    const key = new TextEncoder().encode(app.workspace.secret);
    return new SignJWT(claims).setProtectedHeader({ alg: 'HS256' }).sign(key);
  };
  return {
    sign,
    send: async (method, path, body, token) => {
      const headers = {
        authorization: `Bearer ${token ?? (await sign())}`,
        ...(body !== undefined && { 'content-type': 'application/json' }),
      };
      const answer = await fetch(app.origin + path, {
        ...{ method, headers },
        ...(body !== undefined && { body: JSON.stringify(body) }),
      });
      return { status: answer.status, headers: answer.headers, body: JSON.parse(await readText(answer)) };
    },
  };
}
