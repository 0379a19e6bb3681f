import type { Deps, Log } from '#server/deps.ts';
import { type Claims, isOfShownRecord, isOfTravellingRecord } from '#server/identity/claims.ts';
import { verifyRecordToken } from '#server/identity/verify-record-token.ts';
import { signatureWords } from '#server/identity/words.ts';
import { generationOf } from '#server/identity/workspaces.ts';
import { findOrganisation, isConnected, toOrganisationAnswer } from '#server/use-cases/acting/organisation.ts';
import type { Person } from '#server/use-cases/acting/principal.ts';
import { describeConnection } from '#server/use-cases/connection/describe-connection.ts';
import { viewOwnRecord } from '#server/use-cases/sync/records/get-record.ts';
import { AppError } from '#shared/app-error.ts';
import type { Opened, OpenedRecord } from '#shared/contract/session/open.ts';
import type { SessionView } from '#shared/contract/session/view.ts';
import type { ConnectionAnswer } from '#shared/contract/settings.ts';
import { getView } from './get-view.ts';

/** Longer than a token is valid, so that a used token is remembered until it expires. */
const rememberMs = 10 * 60 * 1000;

/** The widget's first request: verifies the record token, starts a session, returns the view. */
export async function openWidget(
  deps: Deps,
  input: { token: string; workspace: string },
  request: { requestId: string; log: Log },
): Promise<Opened> {
  const { claims, key } = await acceptToken(deps, input);
  const from = { workspaceId: input.workspace, claims, keyGeneration: generationOf(key) };
  const { token: sessionToken, session } = await deps.sessions.start(from);
  const rights = await deps.sessions.listRights(session);
  const person: Person = { kind: 'person', session, rights, ...request };
  const view = await getFirstView(deps, person);
  // Read after the view, because the view may have read the organisation or found the connection broken.
  const connection = await deps.store.connections.find(input.workspace);
  const organisation = isConnected(connection) ? findOrganisation(connection) : undefined;
  return {
    session: { token: sessionToken, expiresAt: session.expiresAt },
    user: session.user,
    permissions: rights,
    organisation: toOrganisationAnswer(organisation, deps.config.xero.appUrl),
    connection: forUser(await describeConnection(deps, connection), session.user.admin),
    record: toOpenedRecord(claims),
    view,
  };
}

/** Uses up a valid token: the same token sent again is refused. */
async function acceptToken(
  deps: Deps,
  { token: recordToken, workspace: id }: { token: string; workspace: string },
): ReturnType<typeof verifyRecordToken> {
  const { config, clock, workspaces, store, openBudget } = deps;
  const workspace = await workspaces.find(id);
  if (!workspace) throw new AppError('token_invalid', { detail: signatureWords.noWorkspace });
  const accepted = await verifyRecordToken(recordToken, { workspace, publicUrl: config.publicUrl, clock });
  openBudget.take(workspace.id, recordToken.length);
  const until = new Date(clock.now().getTime() + rememberMs).toISOString();
  const { jti } = accepted.claims;
  if (!(await store.oneTime.spend('jti', `${workspace.id}:${jti}`, until))) throw new AppError('token_replayed');
  return accepted;
}

/** Who connected Xero and how attempts ended is only for admins. */
function forUser(connection: ConnectionAnswer, isAdmin: boolean): ConnectionAnswer {
  return isAdmin ? connection : { ...connection, connectedBy: null, connectedAt: null, lastAttempt: null };
}

/**
 * Settings and the overview of sync have routes of their own. A travelling record is shown without a connection, too: it
 * says itself what it waits for.
 */
async function getFirstView(deps: Deps, person: Person): Promise<SessionView | null> {
  const { claims } = person.session;
  if (isOfTravellingRecord(claims)) return viewOwnRecord(deps, person);
  return isOfShownRecord(claims) ? getView(deps, person, { isFresh: false }) : null;
}

function toOpenedRecord(claims: Claims): OpenedRecord {
  if (!isOfShownRecord(claims)) {
    const { type, id = null, name = null } = { id: undefined, name: undefined, ...claims.record };
    return { type, id, name };
  }
  const { url: _, ...record } = claims.record;
  const company = 'company' in claims && claims.company;
  return {
    ...record,
    ...(company && { company: { type: 'company' as const, id: company.id, name: company.name } }),
    ...('contacts' in claims && {
      contacts: claims.contacts.map(({ id, name }) => ({ type: 'contact' as const, id, name })),
    }),
  };
}
