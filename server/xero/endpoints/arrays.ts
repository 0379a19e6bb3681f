import type { AccountingApi } from 'xero-node/dist/gen/api/accountingApi.js';
import { buildQuestion, type Question } from '#server/xero/calling/send-question.ts';
import { type StoredWrite, toJsonBody } from './bodies.ts';

/** Writes of up to 50 elements in one call. Each element of the answer says whether it was refused. */

/** Xero then answers 200 even when it refused some elements, or all. */
const summarizeErrors = false;

/** Xero rounds to two decimals unless four are requested. Purchase orders have no such option. */
const unitDecimals = 4;

type Send = (api: AccountingApi, tenantId: string, key: string) => Promise<unknown>;

function buildWrite(name: string, send: Send) {
  return ({ json, idempotencyKey }: StoredWrite): Question =>
    buildQuestion({
      name,
      ...{ isWrite: true, isAnsweredByRow: true, body: toJsonBody(json) },
      send: (api, tenantId) => send(api, tenantId, idempotencyKey),
    });
}

/** PUT creates; POST changes the elements that name their id. Payments cannot be changed. */
export const arrayWrites = {
  contact: {
    create: buildWrite('PUT /Contacts', (api, tenant, key) => api.createContacts(tenant, {}, summarizeErrors, key)),
    update: buildWrite('POST /Contacts', (api, tenant, key) =>
      api.updateOrCreateContacts(tenant, {}, summarizeErrors, key),
    ),
  },
  item: {
    create: buildWrite('PUT /Items', (api, tenant, key) =>
      api.createItems(tenant, {}, summarizeErrors, unitDecimals, key),
    ),
    update: buildWrite('POST /Items', (api, tenant, key) =>
      api.updateOrCreateItems(tenant, {}, summarizeErrors, unitDecimals, key),
    ),
  },
  invoice: {
    create: buildWrite('PUT /Invoices', (api, tenant, key) =>
      api.createInvoices(tenant, {}, summarizeErrors, unitDecimals, key),
    ),
    update: buildWrite('POST /Invoices', (api, tenant, key) =>
      api.updateOrCreateInvoices(tenant, {}, summarizeErrors, unitDecimals, key),
    ),
  },
  purchase_order: {
    create: buildWrite('PUT /PurchaseOrders', (api, tenant, key) =>
      api.createPurchaseOrders(tenant, {}, summarizeErrors, key),
    ),
    update: buildWrite('POST /PurchaseOrders', (api, tenant, key) =>
      api.updateOrCreatePurchaseOrders(tenant, {}, summarizeErrors, key),
    ),
  },
  credit_note: {
    create: buildWrite('PUT /CreditNotes', (api, tenant, key) =>
      api.createCreditNotes(tenant, {}, summarizeErrors, unitDecimals, key),
    ),
    update: buildWrite('POST /CreditNotes', (api, tenant, key) =>
      api.updateOrCreateCreditNotes(tenant, {}, summarizeErrors, unitDecimals, key),
    ),
  },
  payment: {
    create: buildWrite('PUT /Payments', (api, tenant, key) => api.createPayments(tenant, {}, summarizeErrors, key)),
  },
} as const;
