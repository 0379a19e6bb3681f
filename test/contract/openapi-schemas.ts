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

/** Xero writes dates as text: `/Date(…)/` with or without "+0000". We send calendar dates. */
const datePatterns = { answered: String.raw`^/Date\(-?\d+(\+0000)?\)/$`, sent: String.raw`^\d{4}-\d{2}-\d{2}$` };
type Direction = keyof typeof datePatterns;

export type OpenApi = {
  /** The media types of an answer with this path and status. Throws when the file does not have it. */
  mediaOf(method: string, path: string, status: string): string[];
  /** The validator of an answer with this path and status. Throws when the file does not have it. */
  answerOf(method: string, path: string, status: string): ValidateFunction;
  /** All paths, such as `/Invoices/{InvoiceID}`. */
  paths: string[];
  /** Names of the parameters of a call by their place, and the validator of its body. Throws when there is no such call. */
  requestOf(method: string, path: string): RequestRules;
};

export type RequestRules = { query: string[]; header: string[]; validate: ValidateFunction | undefined };

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
  ajv.addSchema({ $id: 'xero', ...asObject(strictly(document, 'answered')) });
  ajv.addSchema({ $id: 'sent', ...asObject(strictly(document, 'sent')) });
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
    paths: Object.keys(asObject(document.paths)),
    requestOf: (method, path) => {
      const ofPath = asObject(asObject(document.paths)[path]);
      const call = asObject(ofPath[method.toLowerCase()]);
      const parameters = [...toList(ofPath.parameters), ...toList(call.parameters)].map((one) =>
        resolve(document, one),
      );
      const named = (place: string) => parameters.flatMap((one) => (one.in === place ? [String(one.name)] : []));
      const place = ['paths', path, method.toLowerCase(), 'requestBody', 'content', 'application/json', 'schema'];
      const hasBody = call.requestBody !== undefined;
      const validate = hasBody ? ajv.compile({ $ref: `sent#/${place.map(escapeKey).join('/')}` }) : undefined;
      return { query: named('query'), header: named('header'), validate };
    },
  };
}

function toList(node: unknown): unknown[] {
  return Array.isArray(node) ? node : [];
}

/** The node itself, or what its reference names. */
function resolve(document: Json, node: unknown): Json {
  const { $ref } = asObject(node);
  if (typeof $ref !== 'string') return asObject(node);
  return asObject(
    $ref
      .slice(2)
      .split('/')
      .reduce<unknown>((inside, key) => asObject(inside)[key], document),
  );
}

function asObject(node: unknown): Json {
  if (typeof node !== 'object' || node === null) throw new Error('the OpenAPI file has no such place');
  return node as Json;
}

function escapeKey(key: string): string {
  return encodeURIComponent(key.replaceAll('~', '~0').replaceAll('/', '~1')).replaceAll('%7E', '~');
}

/** Refuses fields that the file does not name, and dates that do not look like Xero's. */
function strictly(node: unknown, direction: Direction, name = ''): unknown {
  if (Array.isArray(node)) return node.map((item) => strictly(item, direction));
  if (typeof node !== 'object' || node === null) return node;
  const { example, examples, default: _default, ...rest } = node as Json;
  const entries = Object.entries(rest).map(([key, value]) => [key, strictly(value, direction, key)]);
  const mapped = Object.fromEntries(entries);
  if ('x-is-msdate' in mapped || 'x-is-msdate-time' in mapped) return { ...mapped, pattern: datePatterns[direction] };
  const isClosed = typeof mapped.properties === 'object' && mapped.additionalProperties === undefined;
  if (!isClosed || openSchemas.includes(name)) return mapped;
  const extras = [...(knownExtras[name] ?? []), ...('x-objectArrayKey' in mapped ? envelope : [])];
  return {
    ...mapped,
    properties: { ...asObject(mapped.properties), ...Object.fromEntries(extras.map((extra) => [extra, {}])) },
    additionalProperties: false,
  };
}
