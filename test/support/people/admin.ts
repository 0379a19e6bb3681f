import { linkRoute, searchContactsRoute, unlinkRoute } from '#shared/contract/contact.ts';
import type { RecordKey, Right } from '#shared/contract/record.ts';
import { disconnectRoute, putSettingsRoute, type Settings } from '#shared/contract/settings.ts';
import type { xeroControl } from '#test/sandbox/xero/control.ts';
import { connectXero, type Journey } from './connect-journey.ts';
import type { Visit, VisitRequest } from './visit.ts';

type Control = ReturnType<typeof xeroControl>;

/** The example CRM's admin. */
export const adminId = 'olivia';

/** The presets of the settings view. */
export const presets = {
  viewer: ['view'],
  sales: ['view', 'link', 'quotes', 'invoices'],
  full: ['view', 'viewBills', 'link', 'quotes', 'invoices', 'bills'],
} as const satisfies Record<string, readonly Right[]>;

export type Admin = {
  /**
   * Settings → consent → back. `organisations` are tenant ids. Without them, the first organisation in Xero is chosen.
   */
  connect(consent?: { organisations?: string[]; deny?: boolean }): Promise<Journey>;
  /** Does nothing when nothing is connected. */
  disconnect(): Promise<void>;
  /** Replaces the access list: rights by CRM user id. */
  grant(access: Record<string, readonly Right[]>): Promise<Settings>;
  /** Finds the Xero contact with exactly this name by search and links the record to it. */
  link(record: RecordKey, contactName: string): Promise<{ contactId: string }>;
  unlink(record: RecordKey): Promise<void>;
};

type Reach = { visit: (request: VisitRequest) => Promise<Visit>; productUrl: string; control: Control };

/** What an admin does, over the public HTTP interface, to prepare a test. */
export function buildAdmin({ visit, productUrl, control }: Reach): Admin {
  const openSettings = () => visit({ userId: adminId, recordType: 'settings' });
  const openRecord = ({ type, id }: RecordKey) => visit({ userId: adminId, recordType: type, recordId: id });
  return {
    connect: async (consent = {}) =>
      connectXero(await openSettings(), productUrl, (url) => control.approve(url, consent)),
    disconnect: async () => {
      const settings = await openSettings();
      if (settings.opened.connection.status !== 'disconnected') await settings.call(disconnectRoute);
    },
    grant: async (access) => {
      const entries = Object.entries(access).map(([userId, rights]) => ({ userId, rights: [...rights] }));
      return (await openSettings()).call(putSettingsRoute, { body: { access: entries } });
    },
    link: async (record, contactName) => {
      const session = await openRecord(record);
      const { contacts } = await session.call(searchContactsRoute, { query: { search: contactName } });
      const contact = contacts.find(({ name }) => name === contactName);
      if (!contact) throw new Error(`Xero's search finds no contact named ${contactName}`);
      await session.call(linkRoute, { body: { contactId: contact.id } });
      return { contactId: contact.id };
    },
    unlink: async (record) => {
      await (await openRecord(record)).call(unlinkRoute);
    },
  };
}
