import type { Clock } from '#server/clock.ts';
import { type Sealer, UnknownKeyError } from '#server/sealing.ts';
import type { ConnectionRow, Store } from '#server/store/store.ts';
import { toReconnectNeeded } from '#server/xero/answers/reconnect.ts';
import type { Random, Wait, XeroConfig, XeroLog } from '#server/xero/calling/xero-config.ts';
import { AppError } from '#shared/app-error.ts';
import { buildRefresh } from './refresh.ts';
import { parseTokenAnswer, parseTokenSet, type TokenSet } from './token-set.ts';

/** `version` is the connection row's. After a refusal, it tells which token was refused. */
export type AccessToken = { token: string; version: number };

export type XeroTokens = {
  /** Refreshes the token shortly before it expires. Rejects with not_connected, reconnect_needed, or an xero_* code. */
  getAccessToken(workspaceId: string): Promise<AccessToken>;
  /** Returns a newer token than the one of `usedVersion`, which Xero refused. */
  refreshNow(workspaceId: string, usedVersion: number): Promise<AccessToken>;
  sealTokenSet(workspaceId: string, tokenSet: TokenSet): string;
  /** The scopes that the consent granted; null where the stored tokens do not say. */
  readScopes(row: Pick<ConnectionRow, 'workspaceId' | 'sealedTokens'>): string[] | null;
  /** Parses the token endpoint's answer, raw or as returned by @fastify/oauth2. Throws xero_invalid_answer. */
  parseTokenAnswer(raw: unknown, now: Date): TokenSet;
};

export type TokenDeps = {
  config: Pick<XeroConfig, 'clientId' | 'clientSecret' | 'identityUrl'>;
  clock: Pick<Clock, 'now'>;
  log: XeroLog;
  store: Pick<Store, 'connections'>;
  sealer: Sealer;
  wait: Wait;
  random: Random;
  userAgent: string;
};

/** Refresh this long before expiry, so that no call runs past it. */
const earlyMs = 5 * 60_000;

/** Tokens are stored encrypted in the connection row. This process caches none. */
export function buildTokens(deps: TokenDeps): XeroTokens {
  const { clock, store } = deps;
  const refresh = buildRefresh(deps, { read, seal });

  function seal(workspaceId: string, tokenSet: TokenSet): string {
    return deps.sealer.seal(JSON.stringify(tokenSet), tokensContext(workspaceId));
  }

  /**
   * Reads the row and its tokens. If the text does not open with its own key, it was changed, and a person must connect
   * again.
   */
  async function read(workspaceId: string): Promise<{ row: ConnectionRow; tokenSet: TokenSet }> {
    const row = await store.connections.find(workspaceId);
    if (row?.status === 'reconnect_needed') throw toReconnectNeeded(row.reason);
    if (row?.status !== 'running' || row.sealedTokens === null) throw new AppError('not_connected');
    try {
      return { row, tokenSet: parseTokenSet(deps.sealer.open(row.sealedTokens, tokensContext(workspaceId))) };
    } catch (cause) {
      deps.log.error({ workspaceId }, 'The stored tokens cannot be opened with the encryption key');
      // Another process may have the encryption key that this one lacks.
      if (cause instanceof UnknownKeyError) throw new AppError('unavailable', { cause });
      await store.connections.markReconnectNeeded(workspaceId, row.version, 'key_changed');
      throw toReconnectNeeded('key_changed', cause);
    }
  }

  return {
    parseTokenAnswer: (raw, now) => parseTokenAnswer(raw, now),
    sealTokenSet: seal,
    readScopes({ workspaceId, sealedTokens }) {
      if (sealedTokens === null) return null;
      try {
        const { scope } = parseTokenSet(deps.sealer.open(sealedTokens, tokensContext(workspaceId)));
        return scope?.split(/\s+/).filter(Boolean) ?? null;
      } catch {
        // The next call to Xero finds and tells the same.
        return null;
      }
    },
    async getAccessToken(workspaceId) {
      const { row, tokenSet } = await read(workspaceId);
      const remainingMs = Date.parse(tokenSet.expiresAt) - clock.now().getTime();
      if (remainingMs >= earlyMs) return { token: tokenSet.accessToken, version: row.version };
      return refresh(workspaceId, row.version, { isForced: false });
    },
    async refreshNow(workspaceId, usedVersion) {
      const { row, tokenSet } = await read(workspaceId);
      if (row.version !== usedVersion) return { token: tokenSet.accessToken, version: row.version };
      return refresh(workspaceId, usedVersion, { isForced: true });
    },
  };
}

/** The context that encrypted tokens are bound to, so that one workspace's row cannot be used for another. */
export function tokensContext(workspaceId: string): string {
  return `xero-token-set:${workspaceId}`;
}
