import { buildQuestion, type Question } from '#server/xero/calling/send-question.ts';
import { type StoredWrite, toJsonBody } from './bodies.ts';

/** Entries of an organisation's lists. Xero takes one in a call and answers 400 when it refuses it. */

/** `json` is the account itself. */
export function putAccount({ json, idempotencyKey }: StoredWrite): Question {
  return buildQuestion({
    name: 'PUT /Accounts',
    ...{ isWrite: true, body: toJsonBody(json) },
    send: (api, tenantId) => api.createAccount(tenantId, {}, idempotencyKey),
  });
}

/** `json` is `{"Accounts":[…]}`. */
export function postAccount({ id, json, idempotencyKey }: StoredWrite & { id: string }): Question {
  return buildQuestion({
    name: 'POST /Accounts/{id}',
    ...{ isWrite: true, body: toJsonBody(json) },
    send: (api, tenantId) => api.updateAccount(tenantId, id, {}, idempotencyKey),
  });
}

/** `json` is `{"TaxRates":[…]}`. */
export function putTaxRates({ json, idempotencyKey }: StoredWrite): Question {
  return buildQuestion({
    name: 'PUT /TaxRates',
    ...{ isWrite: true, body: toJsonBody(json) },
    send: (api, tenantId) => api.createTaxRates(tenantId, {}, idempotencyKey),
  });
}

/** `json` is `{"TaxRates":[…]}`; each names its TaxType. */
export function postTaxRates({ json, idempotencyKey }: StoredWrite): Question {
  return buildQuestion({
    name: 'POST /TaxRates',
    ...{ isWrite: true, body: toJsonBody(json) },
    send: (api, tenantId) => api.updateTaxRate(tenantId, {}, idempotencyKey),
  });
}

type OfCategory = StoredWrite & { categoryId: string };

/** `json` is the option itself. */
export function putTrackingOption({ categoryId, json, idempotencyKey }: OfCategory): Question {
  return buildQuestion({
    name: 'PUT /TrackingCategories/{id}/Options',
    ...{ isWrite: true, body: toJsonBody(json) },
    send: (api, tenantId) => api.createTrackingOptions(tenantId, categoryId, {}, idempotencyKey),
  });
}

/** `json` is the option itself. */
export function postTrackingOption({ categoryId, id, json, idempotencyKey }: OfCategory & { id: string }): Question {
  return buildQuestion({
    name: 'POST /TrackingCategories/{id}/Options/{id}',
    ...{ isWrite: true, body: toJsonBody(json) },
    send: (api, tenantId) => api.updateTrackingOptions(tenantId, categoryId, id, {}, idempotencyKey),
  });
}
