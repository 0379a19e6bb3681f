import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { Ajv, type ValidateFunction } from 'ajv';
import addFormats from 'ajv-formats';
import { parse } from 'yaml';

type Json = Record<string, unknown>;

/** Members that the live service sends beyond its OpenAPI, or that its own examples show. */
const knownExtras: Record<string, string[]> = {
  Invoice: ['DateString', 'DueDateString'],
  CreditNote: ['DateString', 'ID'],
  Prepayment: ['DateString', 'ID'],
  Overpayment: ['DateString', 'ID'],
  LineItem: ['ValidationErrors'],
  PurchaseOrder: ['DateString', 'DeliveryDateString', 'ExpectedArrivalDateString', 'Type', 'HasErrors', 'IsDiscounted'],
  TrackingOption: ['HasValidationErrors', 'IsDeleted', 'IsArchived', 'IsActive'],
  ContactGroup: ['HasValidationErrors'],
  HistoryRecord: ['DateUTCString', 'ValidationErrors'],
};

/** An element of a refused write contains what was sent. The file only names its ids. */
const openSchemas = ['Element'];

const envelope = ['Id', 'Status', 'ProviderName', 'DateTimeUTC'];

/** Xero writes dates as text: `/Date(…)/` with or without "+0000". */
const xeroDate = String.raw`^/Date\(-?\d+(\+0000)?\)/$`;

export type OpenApi = {
  /** The media types of an answer with this path and status. Throws when the file does not have it. */
  mediaOf(method: string, path: string, status: string): string[];
  /** The validator of an answer with this path and status. Throws when the file does not have it. */
  answerOf(method: string, path: string, status: string): ValidateFunction;
};

/** The folder of Xero's OpenAPI files, if it is configured and exists. */
export function findOpenApiFolder(): string | undefined {
  const folder = process.env.XERO_OPENAPI_DIR;
  return folder && existsSync(join(folder, 'xero_accounting.yaml')) ? folder : undefined;
}

export function readOpenApi(file: string): OpenApi {
  const document = asObject(parse(readFileSync(file, 'utf8')));
  const ajv = new Ajv({ strict: false, allErrors: true });
  addFormats.default(ajv);
  // createdDateUtc of a connection has no zone, which RFC 3339 requires.
  ajv.addFormat('date-time', /^\d{4}-\d\d-\d\dT[\d:.]+(Z|[+-]\d\d:\d\d)?$/);
  ajv.addSchema({ $id: 'xero', ...asObject(strictly(document)) });
  const find = (method: string, path: string, status: string) => {
    const pointer = ['paths', path, method.toLowerCase(), 'responses', status];
    return { pointer, answer: asObject(pointer.reduce<unknown>((node, key) => asObject(node)[key], document)) };
  };
  return {
    mediaOf: (method, path, status) => Object.keys(asObject(find(method, path, status).answer.content ?? {})),
    answerOf: (method, path, status) => {
      const { pointer, answer } = find(method, path, status);
      const place = typeof answer.$ref === 'string' ? answer.$ref.slice(1) : `/${pointer.map(escapeKey).join('/')}`;
      return ajv.compile({ $ref: `xero#${place}/content/application~1json/schema` });
    },
  };
}

function asObject(node: unknown): Json {
  if (typeof node !== 'object' || node === null) throw new Error('the OpenAPI file has no such place');
  return node as Json;
}

function escapeKey(key: string): string {
  return encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1')).replaceAll('%7E', '~');
}

/** Refuses fields that the file does not name, and dates that do not look like Xero's. */
function strictly(node: unknown, name = ''): unknown {
  if (Array.isArray(node)) return node.map((item) => strictly(item));
  if (typeof node !== 'object' || node === null) return node;
  const { example, examples, default: _default, ...rest } = node as Json;
  const mapped = Object.fromEntries(Object.entries(rest).map(([key, value]) => [key, strictly(value, key)]));
  if ('x-is-msdate' in mapped || 'x-is-msdate-time' in mapped) return { ...mapped, pattern: xeroDate };
  const isClosed = typeof mapped.properties === 'object' && mapped.additionalProperties === undefined;
  if (!isClosed || openSchemas.includes(name)) return mapped;
  const extras = [...(knownExtras[name] ?? []), ...('x-objectArrayKey' in mapped ? envelope : [])];
  return {
    ...mapped,
    properties: { ...asObject(mapped.properties), ...Object.fromEntries(extras.map((extra) => [extra, {}])) },
    additionalProperties: false,
  };
}
