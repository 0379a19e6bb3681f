import { putMappingRoute } from '#shared/contract/sync/mapping.ts';
import { putRulesRoute } from '#shared/contract/sync/rules.ts';
import { firstRecentDay } from '#test/sandbox/crm/books/example/recent-gifts.ts';
import type { xeroControl } from '#test/sandbox/xero/control.ts';
import { type Admin, adminId } from './admin.ts';
import type { Visit, VisitRequest } from './visit.ts';

type Reach = {
  admin: Admin;
  control: Pick<ReturnType<typeof xeroControl>, 'lockDate' | 'seedInfo'>;
  visit: (request: VisitRequest) => Promise<Visit>;
};

/** The example CRM's words and the accounts of the sandbox's demo company. "Client gifts" is left to the story. */
const accounts = {
  ...{ Fuel: '429', Parking: '429', Meals: '429', Travel: '429', Repairs: '429', Telephone: '429', Freight: '425' },
  ...{ 'Office supplies': '453', Software: '453', Stock: '310', Sales: '200' },
};

/** The account that the story's admin chooses for "Client gifts". */
const giftAccount = '400';

/**
 * What the finance admin of the example CRM has done before the story begins: Xero is connected, sync is on from the
 * first recent day, and every word but one has its account. In Xero, the accountant has opened the past year again.
 * `hasBills`: bills of Xero become expenses.
 */
export async function prepareStory(
  { admin, control, visit }: Reach,
  { hasBills = false }: { hasBills?: boolean } = {},
): Promise<void> {
  const [organisation] = (await control.seedInfo()).organisations;
  if (!organisation) throw new Error('the sandbox has no organisation');
  await control.lockDate({ tenantId: organisation.tenantId, period: '2025-11-30', endOfYear: null });
  await admin.connect();
  const desk = await visit({ userId: adminId, recordType: 'sync' });
  const kinds = [{ kind: 'bills' as const, back: { on: hasBills } }];
  await desk.call(putRulesRoute, { body: { enabled: true, since: firstRecentDay, kinds } });
  const categories = Object.entries(accounts).map(([key, accountCode]) => ({ key, accountCode }));
  const taxRates = [{ key: 'GST', taxType: 'INPUT', salesTaxType: 'OUTPUT' }];
  await desk.call(putMappingRoute, { body: { categories, taxRates } });
  // Sync needs more of Xero than the figures do. Xero is asked for it once sync is on.
  await admin.connect();
}

export async function chooseGiftAccount({ visit }: Pick<Reach, 'visit'>): Promise<void> {
  const desk = await visit({ userId: adminId, recordType: 'sync' });
  await desk.call(putMappingRoute, { body: { categories: [{ key: 'Client gifts', accountCode: giftAccount }] } });
}
