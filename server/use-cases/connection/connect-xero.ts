import { randomBytes } from 'node:crypto';
import { z } from 'zod';
import type { Deps } from '#server/deps.ts';
import { type Person, requireAdmin } from '#server/use-cases/acting/principal.ts';
import { AppError } from '#shared/app-error.ts';
import { isSyncEnabled } from './sync-scopes.ts';

const ticketLifetimeMs = 60 * 1000;
const stateLifetimeMs = 10 * 60 * 1000;

const askedSchema = z.object({
  workspaceId: z.string(),
  userId: z.string(),
  userName: z.string(),
  returnUrl: z.string(),
  /** The generation of the key that the asker's session began with. */
  keyGeneration: z.string().default(''),
  /** Whether to ask for the scopes of sync as well. */
  forSync: z.boolean().default(false),
});
/** Who asked to connect which workspace, and where to return. Kept from the ticket to the end of the consent. */
export type Asked = z.infer<typeof askedSchema>;

/**
 * Creates a link to the connect page, valid once within 60 seconds. Xero is asked for the scopes of sync when sync is on,
 * or about to be turned on (`forSync`).
 */
export async function startConnect(
  deps: Deps,
  person: Person,
  { forSync }: { forSync: boolean },
): Promise<{ url: string }> {
  requireAdmin(person);
  const { workspaceId, user, keyGeneration } = person.session;
  const ticket = randomBytes(32).toString('base64url');
  const returnUrl = await findReturnUrl(deps, person);
  const connection = await deps.store.connections.find(workspaceId);
  const asked: Asked = {
    ...{ workspaceId, userId: user.id, userName: user.name, returnUrl, keyGeneration },
    forSync: forSync || (await isSyncEnabled(deps.store, connection)),
  };
  const expiresAt = new Date(deps.clock.now().getTime() + ticketLifetimeMs).toISOString();
  await deps.store.oneTime.put('ticket', ticket, JSON.stringify(asked), expiresAt);
  return { url: `/connect?ticket=${ticket}` };
}

/** A token for a record of sync may be without an address. */
async function findReturnUrl({ workspaces }: Deps, { session }: Person): Promise<string> {
  const { url } = session.claims.record;
  return url ?? (await workspaces.find(session.workspaceId))?.origins[0] ?? '';
}

/** What the connect page shows. The ticket stays valid. */
export async function getAsked(deps: Deps, ticket: string): Promise<Asked> {
  return parseAlive(deps, await deps.store.oneTime.find('ticket', ticket));
}

/** Uses up the ticket and returns the state to send to Xero. */
export async function startConsent(deps: Deps, ticket: string): Promise<{ state: string; asked: Asked }> {
  const asked = await parseAlive(deps, await deps.store.oneTime.take('ticket', ticket));
  const state = randomBytes(24).toString('base64url');
  const expiresAt = new Date(deps.clock.now().getTime() + stateLifetimeMs).toISOString();
  await deps.store.oneTime.put('state', state, JSON.stringify(asked), expiresAt);
  return { state, asked };
}

/**
 * Uses up the state. An expired state (`isExpired`) still tells where to return. Undefined also when the workspace, or
 * the key that the asker's session began with, was removed meanwhile: that session may no longer connect it.
 */
export async function takeState(deps: Deps, state: string): Promise<{ asked: Asked; isExpired: boolean } | undefined> {
  const row = await deps.store.oneTime.take('state', state);
  if (!row) return undefined;
  const asked = askedSchema.parse(JSON.parse(row.data));
  return (await mayAsk(deps, asked)) ? { asked, isExpired: isOver(deps, row.expiresAt) } : undefined;
}

async function parseAlive(deps: Deps, row: { data: string; expiresAt: string } | undefined): Promise<Asked> {
  if (!row || isOver(deps, row.expiresAt)) throw new AppError('connect_ticket_invalid');
  const asked = askedSchema.parse(JSON.parse(row.data));
  if (!(await mayAsk(deps, asked))) throw new AppError('connect_ticket_invalid');
  return asked;
}

function mayAsk({ workspaces }: Deps, { workspaceId, keyGeneration }: Asked): Promise<boolean> {
  return workspaces.isLive(workspaceId, keyGeneration);
}

function isOver(deps: Deps, expiresAt: string): boolean {
  return expiresAt <= deps.clock.now().toISOString();
}
