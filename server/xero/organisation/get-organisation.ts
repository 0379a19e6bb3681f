import { getOrganisations } from '#server/xero/endpoints/settings.ts';
import type { XeroCaller, XeroOrganisation } from '#server/xero/gateway.ts';
import type { XeroDeps } from '#server/xero/xero-deps.ts';
import { parseOrganisation } from './parse-organisation.ts';

export async function getOrganisation(
  { ask, log }: Pick<XeroDeps, 'ask' | 'log'>,
  caller: XeroCaller,
): Promise<XeroOrganisation> {
  return parseOrganisation(await ask(caller, getOrganisations()), caller.organisationId, log);
}
