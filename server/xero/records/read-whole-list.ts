import { readList } from '#server/xero/answers/read-list.ts';
import type { Question } from '#server/xero/calling/send-question.ts';
import * as settings from '#server/xero/endpoints/settings.ts';
import type { XeroCaller } from '#server/xero/gateway.ts';
import type { Asking } from '#server/xero/xero-deps.ts';
import type { XeroResource } from './records.ts';
import { resources } from './resources.ts';
import { listOptionRows } from './tracking-rows.ts';

/** Xero sends these lists whole, and cannot filter them by id. Archived entries are in them. */
export type WholeListResource = Extract<XeroResource, 'item' | 'account' | 'tax_rate' | 'tracking_option'>;

const questions: Readonly<Record<WholeListResource, () => Question>> = {
  item: settings.getItems,
  account: settings.getAccounts,
  tax_rate: settings.getTaxRates,
  tracking_option: () => settings.getTrackingCategories({ includeArchived: true }),
};

export function isWholeList(resource: XeroResource): resource is WholeListResource {
  return Object.hasOwn(questions, resource);
}

export async function readWholeList(
  { ask }: Asking,
  caller: XeroCaller,
  resource: WholeListResource,
): Promise<unknown[]> {
  const answer = await ask(caller, questions[resource]());
  if (resource !== 'tracking_option') {
    const { member, id } = resources[resource];
    return readList(answer, member, id).rows;
  }
  return listOptionRows(readList(answer, 'TrackingCategories', 'TrackingCategoryID').rows);
}
