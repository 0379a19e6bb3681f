import type { Deps } from '#server/deps.ts';
import type { xeroControl } from '#test/sandbox/xero/control.ts';

type Reach = { store: Deps['store']; control: ReturnType<typeof xeroControl>; workspaceId: string };
export type Person = { id: string; name: string; contactId: string; invoiceId: string };

/** Adds people of one company, each linked to their own Xero contact, which has an invoice and sometimes a quote. */
export async function addLinkedPeople({ store, control, workspaceId }: Reach, count: number): Promise<Person[]> {
  const tenantId = (await store.connections.find(workspaceId))?.organisationId ?? '';
  const people: Person[] = [];
  for (let index = 0; index < count; index += 1) {
    const name = `Person ${count}-${index}`;
    const { ContactID } = await control.addContact({ tenantId, Name: name });
    const Contact = { ContactID };
    const { InvoiceID } = await control.addInvoice({
      tenantId,
      Contact,
      Type: 'ACCREC',
      Total: 10.01,
      Status: 'AUTHORISED',
    });
    if (index % 4 === 0) await control.addQuote({ tenantId, Contact, Total: 3, Status: 'SENT' });
    const record = { type: 'contact' as const, id: `p-${count}-${index}` };
    const link = { workspaceId, organisationId: tenantId, record, contactId: ContactID, contactName: name };
    await store.links.put({ ...link, isArchived: false, linkedBy: 'test', linkedAt: new Date(0).toISOString() });
    people.push({ id: record.id, name, contactId: ContactID, invoiceId: InvoiceID });
  }
  return people;
}
