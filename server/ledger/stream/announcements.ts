import { z } from 'zod';
import type { Cache } from '#server/cache/cache.ts';
import { buildSharedListening } from '#server/events/shared-listening.ts';

/** What moved for these Xero contacts, whoever learned of it: figures, or what is told of the contact itself. */
export type LedgerChange = {
  contactIds: readonly string[];
  /** Those of them of which nothing but bills moved: no news for who may not see bills. */
  onlyBills?: readonly string[];
};

export type Announcements = {
  announce(organisationId: string, change: LedgerChange): Promise<void>;
  onChange(organisationId: string, listener: (change: LedgerChange) => void): Promise<() => Promise<void>>;
};

const changeSchema = z.object({ contactIds: z.array(z.string()), onlyBills: z.array(z.string()).default([]) });

/** Over all processes. A cache that is away tells nobody. */
export function buildAnnouncements(
  cache: Pick<Cache, 'publish' | 'subscribe'>,
  onError: (error: unknown) => void,
): Announcements {
  const { listen } = buildSharedListening({
    ...{ cache, onError },
    parse: (message) => changeSchema.parse(JSON.parse(message)),
  });
  const channelOf = (organisationId: string) => `changes:${organisationId}`;
  return {
    async announce(organisationId, { contactIds, onlyBills = [] }) {
      if (contactIds.length === 0) return;
      const message = JSON.stringify({ contactIds: [...new Set(contactIds)], onlyBills });
      await cache.publish(channelOf(organisationId), message).catch(() => undefined);
    },
    onChange: (organisationId, listener) => listen(channelOf(organisationId), listener),
  };
}

/** A contact of which something moved; `isOfBills`: nothing but bills, or supplier credit. */
export type ContactChange = { contactId: string; isOfBills: boolean };

/** Each contact once; it is news for everybody as soon as one of its changes is no bill's. */
export function toLedgerChange(changes: readonly ContactChange[]): Required<LedgerChange> {
  const contactIds = [...new Set(changes.map(({ contactId }) => contactId))];
  const forAll = new Set(changes.filter(({ isOfBills }) => !isOfBills).map(({ contactId }) => contactId));
  return { contactIds, onlyBills: contactIds.filter((id) => !forAll.has(id)) };
}
