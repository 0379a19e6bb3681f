import { z } from 'zod';
import type { Deps } from '#server/deps.ts';
import type { ConnectionRow } from '#server/store/store.ts';
import { organisationUrl } from '#server/xero/deep-links.ts';
import type { XeroCaller, XeroOrganisation } from '#server/xero/gateway.ts';
import { AppError } from '#shared/app-error.ts';
import { type CalendarDate, dateInZone } from '#shared/calendar.ts';
import type { OrganisationAnswer } from '#shared/contract/settings.ts';

const organisationSchema: z.ZodType<XeroOrganisation> = z.object({
  id: z.string(),
  name: z.string(),
  baseCurrency: z.string(),
  shortCode: z.string().nullable(),
  countryCode: z.string().nullable(),
  timeZone: z.string(),
  periodLockDate: z.string().nullable(),
  endOfYearLockDate: z.string().nullable(),
});

/** A connection with an organisation. It may be read even while a person must connect again. */
export type Connected = ConnectionRow & { organisationId: string };

export function isConnected(connection: ConnectionRow | undefined): connection is Connected {
  return connection !== undefined && connection.organisationId !== null && connection.status !== 'disconnected';
}

export async function getConnected(deps: Pick<Deps, 'store'>, workspaceId: string): Promise<Connected> {
  const connection = await deps.store.connections.find(workspaceId);
  if (!isConnected(connection)) throw new AppError('not_connected');
  return connection;
}

/** The stored organisation; undefined when Xero has not sent it yet. */
export function findOrganisation(connection: ConnectionRow | undefined): XeroOrganisation | undefined {
  return connection?.organisation ? organisationSchema.parse(JSON.parse(connection.organisation)) : undefined;
}

/** Today in the organisation's time zone. */
export function todayOf({ timeZone }: XeroOrganisation, { clock }: Pick<Deps, 'clock'>): CalendarDate {
  return dateInZone(clock.now(), timeZone);
}

/** No document may be dated on or before it: the later of the two lock dates. */
export function findLockDate({ periodLockDate, endOfYearLockDate }: XeroOrganisation): string | null {
  const [later] = [periodLockDate, endOfYearLockDate]
    .filter((date) => date !== null)
    .sort()
    .reverse();
  return later ?? null;
}

type OrganisationDeps = {
  cache: Pick<Deps['cache'], 'get' | 'set'>;
  store: { connections: Pick<Deps['store']['connections'], 'saveOrganisation'> };
  xero: Pick<Deps['xero'], 'getOrganisation'>;
};

/** How long to wait before an organisation that could not be parsed is read again. */
const unreadableForSeconds = 60;

/**
 * Returns the organisation. Reads it from Xero the first time and stores it with the connection. If it could not be
 * parsed a moment ago, it is read again only when a person asks (`isFresh`).
 */
export async function getOrganisation(
  deps: OrganisationDeps,
  connection: Connected,
  caller: XeroCaller,
  { isFresh }: { isFresh: boolean },
): Promise<XeroOrganisation> {
  const stored = findOrganisation(connection);
  if (stored) return stored;
  const mark = `organisation:${connection.organisationId}:unreadable`;
  const isKnownBad = !isFresh && (await deps.cache.get(mark).catch(() => undefined)) !== undefined;
  if (isKnownBad) throw new AppError('xero_invalid_answer');
  const organisation = await deps.xero.getOrganisation(caller).catch(async (error: unknown) => {
    const isBad = error instanceof AppError && error.code === 'xero_invalid_answer';
    if (isBad) await deps.cache.set(mark, '1', unreadableForSeconds).catch(() => undefined);
    throw error;
  });
  await deps.store.connections.saveOrganisation(
    connection.workspaceId,
    connection.organisationId,
    JSON.stringify(organisation),
  );
  return organisation;
}

export function toOrganisationAnswer(
  organisation: XeroOrganisation | undefined,
  appUrl: string,
): OrganisationAnswer | null {
  if (!organisation) return null;
  const { id, name, baseCurrency, countryCode, timeZone, shortCode } = organisation;
  return { id, name, baseCurrency, countryCode, timeZone, url: organisationUrl(appUrl, shortCode) };
}
