import fc, { type Arbitrary } from 'fast-check';
import type { FuzzRoute } from './api-schemas.ts';
import { fromSchema, hostileTexts, type Known } from './from-schema.ts';

/** A request to send; `who` says with which session. */
export type FuzzRequest = {
  method: string;
  target: string;
  headers: Record<string, string>;
  body: Uint8Array | null;
  who: number;
};

type Fields = Record<string, unknown>;

/** Requests to one route: most follow its schema, some have other types, other bytes or none at all. */
export function requestsOf(route: FuzzRoute, known: Known): Arbitrary<FuzzRequest> {
  return fc
    .record({
      params: fc.record(
        Object.fromEntries(
          Object.entries(route.params.properties ?? {}).map(([name, one]) => [name, fromSchema(one, known)]),
        ),
      ),
      query: fc.oneof({ weight: 5, arbitrary: fromSchema(route.query, known) }, { weight: 1, arbitrary: anyQuery }),
      headers: fromSchema(route.headers, known),
      body: bodyOf(route, known),
      type: contentType,
      who: fc.nat(7),
    })
    .map(({ params, query, headers, body, type, who }) => ({
      method: route.method,
      target: toPath(route.path, params) + toQuery(query),
      headers: { ...toHeaders(headers), ...(body && { 'content-type': type }) },
      body,
      who,
    }));
}

const contentType = fc.oneof(
  { weight: 12, arbitrary: fc.constant('application/json') },
  {
    weight: 1,
    arbitrary: fc.constantFrom('text/plain', 'application/x-www-form-urlencoded', 'multipart/form-data; boundary=x'),
  },
  {
    weight: 1,
    arbitrary: fc.constantFrom('', 'application/json; charset=utf-16', 'application/pdf', ';', 'a/b/c', '*/*'),
  },
);

const anyQuery = fc.dictionary(
  fc.constantFrom('search', 'kind', 'page', '__proto__', 'ticket', 'state', 'code', 'error', 'a[b]'),
  fc.constantFrom(...hostileTexts),
);

function bodyOf({ method, body }: FuzzRoute, known: Known): Arbitrary<Uint8Array | null> {
  if (method === 'GET') return fc.constant(null);
  const fitting = body ? fromSchema(body, known) : fc.jsonValue();
  return fc.oneof(
    { weight: 10, arbitrary: fitting.map((value) => toBytes(JSON.stringify(value) ?? '')) },
    { weight: 1, arbitrary: brokenBody },
    { weight: 1, arbitrary: fc.constant(null) },
  );
}

const brokenBody = fc.oneof(
  fc.uint8Array({ maxLength: 200 }),
  fc
    .constantFrom(
      '{',
      '[',
      'null',
      '"',
      '{"a":1,}',
      '{"a":1}{"b":2}',
      '\ufeff{}',
      '1e99999',
      '[1e400]',
      '{"__proto__":{"x":1}}',
      '{"constructor":{"prototype":{"x":1}}}',
      `${'['.repeat(50_000)}`,
      `${'{"a":'.repeat(20_000)}1${'}'.repeat(20_000)}`,
      '{"token":"\\ud800"}',
      '{"a":"\\u0000"}',
      'ticket=%00&ticket=%ff',
      'NaN',
      '-',
      '"\\x"',
    )
    .map(toBytes),
);

function toBytes(text: string): Uint8Array {
  return Buffer.from(text, 'utf8');
}

function toPath(path: string, params: Fields): string {
  const filled = path.replace(/:(\w+)/g, (_all, name: string) => encode(toText(params[name])) || '%20');
  return filled.replace('*', encode(toText(params['*'] ?? 'x')));
}

function toQuery(query: unknown): string {
  if (typeof query !== 'object' || query === null) return `?${encode(toText(query))}`;
  const pairs = Object.entries(query).map(([name, value]) => `${encode(name)}=${encode(toText(value))}`);
  return pairs.length > 0 ? `?${pairs.join('&')}` : '';
}

/** Short enough for an address line. Longer ones have a test of their own. */
function encode(text: string): string {
  return encodeURIComponent(text.slice(0, 600).toWellFormed());
}

function toText(value: unknown): string {
  return typeof value === 'string' ? value : (JSON.stringify(value) ?? '');
}

/** Keeps what a client can put into a header line. */
function toHeaders(headers: unknown): Record<string, string> {
  if (typeof headers !== 'object' || headers === null) return {};
  const lines = Object.entries(headers).map(([name, value]) => [name, toText(value).slice(0, 600)] as const);
  return Object.fromEntries(lines.filter(([name, value]) => /^[\w-]+$/.test(name) && /^[\x20-\x7e]*$/.test(value)));
}
