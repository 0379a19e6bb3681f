import { tryParseExactJson } from '#server/xero/bytes/exact-json.ts';
import type { Question } from '#server/xero/calling/send-question.ts';
import { arrayWrites } from '#server/xero/endpoints/arrays.ts';
import * as entries from '#server/xero/endpoints/list-entries.ts';
import type { RecordsWrite, XeroResource } from './records.ts';
import { resources } from './resources.ts';
import { readMember } from './row-members.ts';

export type WriteMode = 'create' | 'update';

/** The elements are sent as they were given. They are only put side by side. */
export function toWriteQuestion(
  mode: WriteMode,
  { resource, elements, idempotencyKey, within }: RecordsWrite,
): Question {
  const listed = { json: `{"${resources[resource].member}":[${elements.join(',')}]}`, idempotencyKey };
  const alone = { json: elements[0] ?? '', idempotencyKey };
  const id = () => readId(resource, alone.json);
  switch (resource) {
    case 'account':
      return mode === 'create' ? entries.putAccount(alone) : entries.postAccount({ id: id(), ...listed });
    case 'tax_rate':
      return mode === 'create' ? entries.putTaxRates(listed) : entries.postTaxRates(listed);
    case 'tracking_option': {
      const option = { categoryId: requireText(within, 'the tracking category'), ...alone };
      return mode === 'create'
        ? entries.putTrackingOption(option)
        : entries.postTrackingOption({ id: id(), ...option });
    }
    case 'payment':
      if (mode === 'update') throw new Error('Xero cannot change a payment');
      return arrayWrites.payment.create(listed);
    default:
      return arrayWrites[resource][mode](listed);
  }
}

function readId(resource: XeroResource, element: string): string {
  const { id } = resources[resource];
  return requireText(readMember(tryParseExactJson(element), id), id);
}

function requireText(text: string | null | undefined, what: string): string {
  if (!text) throw new Error(`A write needs ${what}`);
  return text;
}
