import { AccountingApi } from 'xero-node/dist/gen/api/accountingApi.js';
import { z } from 'zod';

/** An answer as xero-node returns it: the raw data, and what its classes made of it. */
export type Read = { raw: Record<string, unknown>; parsed: Record<string, unknown> };

const resultSchema = z.object({
  response: z.object({ data: z.record(z.string(), z.unknown()) }),
  body: z.custom<Record<string, unknown>>((value) => typeof value === 'object' && value !== null),
});

async function read(call: Promise<unknown>): Promise<Read> {
  const { response, body } = resultSchema.parse(await call);
  return { raw: response.data, parsed: body };
}

/** One read of each list that xero-node knows. */
export async function readThroughClasses(origin: string, token: string, tenantId: string): Promise<Read[]> {
  const api = new AccountingApi(`${origin}/api.xro/2.0`);
  api.accessToken = token;
  const none = undefined;
  const since = new Date(0);
  return [
    await read(api.getOrganisations(tenantId)),
    await read(api.getAccounts(tenantId, since)),
    await read(api.getTaxRates(tenantId)),
    await read(api.getItems(tenantId)),
    await read(api.getCurrencies(tenantId)),
    await read(api.getTrackingCategories(tenantId)),
    await read(api.getBrandingThemes(tenantId)),
    await read(api.getContacts(tenantId, since, none, none, none, 1)),
    await read(api.getInvoices(tenantId, since, none, none, none, none, none, ['AUTHORISED', 'PAID'], 1)),
    await read(api.getQuotes(tenantId, since)),
    await read(api.getCreditNotes(tenantId, since, none, none, 1)),
    await read(api.getPrepayments(tenantId, since, none, none, 1)),
    await read(api.getOverpayments(tenantId, since, none, none, 1)),
    await read(api.getPurchaseOrders(tenantId, since)),
    await read(api.getContactGroups(tenantId)),
    await read(api.getPayments(tenantId, since, none, none, 1)),
  ];
}

const attributeSchema = z.array(z.object({ name: z.string(), baseName: z.string(), type: z.string() }));

const recordSchema = z.record(z.string(), z.unknown());

/** Lists, by path, the fields that this value's class knows but lost or changed. */
export function lostFields(raw: unknown, parsed: unknown, path: string): string[] {
  if (Array.isArray(raw)) {
    const items: unknown[] = Array.isArray(parsed) ? parsed : [];
    return raw.flatMap((item, index) => lostFields(item, items[index], `${path}[${index}]`));
  }
  if (typeof raw !== 'object' || raw === null) return isSame(raw, parsed) ? [] : [path];
  const sent = recordSchema.parse(raw);
  if (typeof parsed !== 'object' || parsed === null) return Object.keys(sent).length === 0 ? [] : [path];
  const given: Record<string, unknown> = { ...parsed };
  return attributesOf(parsed)
    .filter(({ baseName }) => sent[baseName] !== undefined)
    .flatMap(({ name, baseName }) => lostFields(sent[baseName], given[name], `${path}.${baseName}`));
}

function attributesOf(value: object) {
  const made: { getAttributeTypeMap?: () => unknown } = Object.assign(
    {},
    { getAttributeTypeMap: undefined },
    statics(value),
  );
  return attributeSchema.parse(made.getAttributeTypeMap?.() ?? []);
}

function statics(value: object) {
  return {
    getAttributeTypeMap: Reflect.get(value.constructor, 'getAttributeTypeMap'),
  };
}

/** A date becomes a Date. Everything else stays the same. */
function isSame(raw: unknown, parsed: unknown): boolean {
  if (parsed instanceof Date) return `/Date(${parsed.getTime()}` === String(raw).replace(/[+)].*$/, '');
  return raw === parsed;
}
