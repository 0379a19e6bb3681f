import type { z } from 'zod';
import { XeroFault } from '../errors.ts';
import type { Identity } from '../identity/identity.ts';
import type { Sandbox } from '../state.ts';
import type { commandSchemas } from './commands.ts';

type Given<Name extends keyof typeof commandSchemas> = z.infer<(typeof commandSchemas)[Name]>;

export function runReset(sandbox: Sandbox, { seed, now, keepConnections }: Given<'reset'>): void {
  sandbox.reset({
    ...(seed === undefined ? {} : { seed }),
    ...(now === undefined ? {} : { now: Date.parse(now) }),
    ...(keepConnections === undefined ? {} : { keepConnections }),
  });
}

export function runClock({ clock, state }: Sandbox, { now, advanceSeconds }: Given<'clock'>) {
  if (now !== undefined) clock.set(Date.parse(now));
  if (advanceSeconds !== undefined) clock.advance(advanceSeconds);
  state.webhooks.postDue();
  return { now: new Date(clock.now()).toISOString() };
}

/** Invoices, bills and quotes of the organisation, or of one contact. With `isByPeople`, only invoices and bills. */
export function runTouch({ state, clock }: Sandbox, { tenantId, contactId, isByPeople }: Given<'touch'>): void {
  const books = state.organisations.find((one) => one.tenantId === tenantId)?.books();
  if (!books) throw new XeroFault(404, 'the sandbox knows no such organisation');
  const invoices = [...books.invoices.values()].filter(({ clientId }) => !isByPeople || clientId === undefined);
  for (const document of isByPeople ? invoices : [...invoices, ...books.quotes.values()]) {
    if (contactId === undefined || document.contactId === contactId) document.updatedAt = clock.now();
  }
}

const graceMs = 30 * 60_000;

export function runTokens({ state: { identity }, clock }: Sandbox, given: Given<'tokens'>): void {
  const now = clock.now();
  if (given.expireAccess) endAll(identity.accessTokens, now);
  if (given.revokeRefresh) identity.refreshTokens.clear();
  if (given.endGrace) dropUsed(identity, now);
  if (given.rotate) endAll(identity.refreshTokens, now + graceMs);
}

function endAll(tokens: Map<string, { expiresAt: number }>, at: number): void {
  for (const token of tokens.values()) token.expiresAt = Math.min(token.expiresAt, at);
}

/** A refresh token that expires within half an hour has been used. */
function dropUsed({ refreshTokens }: Identity, now: number): void {
  for (const [token, { expiresAt }] of refreshTokens) if (expiresAt <= now + graceMs) refreshTokens.delete(token);
}

/** What a person does in Xero under Connected apps, for one organisation or for all. */
export function runDisconnect({ state: { identity } }: Sandbox, { organisation }: Given<'disconnect'>): void {
  identity.connections = identity.connections.filter(
    ({ tenantId }) => organisation !== undefined && tenantId !== organisation,
  );
}
