import fc, { type Arbitrary } from 'fast-check';
import type { AppRoute } from '#test/support/world/routes.ts';

/**
 * Bytes that are almost, or not at all, a request to this route: wrong lengths, broken chunks, repeated headers, NUL
 * and invalid UTF-8, cut or changed anywhere.
 */
export function rawBytesOf(route: AppRoute, bearer: string): Arbitrary<Uint8Array> {
  const request = fc
    .record({
      method: fc.oneof({ weight: 8, arbitrary: fc.constant(route.method) }, { weight: 1, arbitrary: oddMethod }),
      target: targetOf(route),
      version: fc.oneof(
        { weight: 9, arbitrary: fc.constant('HTTP/1.1') },
        { weight: 1, arbitrary: fc.constantFrom('HTTP/1.0', 'HTTP/2.0', 'HTTP/9', 'X') },
      ),
      headers: fc.oneof(fc.array(oddHeader, { maxLength: 3 }), fc.array(badHeader, { maxLength: 2 })),
      framing,
      body: fc.oneof(
        fc.uint8Array({ maxLength: 120 }).map((bytes) => Buffer.from(bytes).toString('latin1')),
        fc.constantFrom(...bodies),
      ),
    })
    .map(({ method, target, version, headers, framing: frame, body }) => {
      const lines = [
        `${method} ${target} ${version}`,
        'host: x',
        `authorization: Bearer ${bearer}`,
        ...headers,
        ...frame(body),
      ];
      return Buffer.from(`${lines.join('\r\n')}\r\n\r\n${body}`, 'latin1');
    });
  return fc.oneof(
    { weight: 4, arbitrary: request },
    { weight: 2, arbitrary: mangled(request) },
    { weight: 1, arbitrary: fc.uint8Array({ minLength: 1, maxLength: 300 }) },
  );
}

const oddMethod = fc.constantFrom('get', 'PATCH', 'TRACE', 'CONNECT', 'OPTIONS', 'PROPFIND', 'FOO', '', 'G\0T', 'PRI');

function targetOf({ path }: AppRoute): Arbitrary<string> {
  const usual = path
    .replace('records/:kind', 'records/expenses')
    .replace(/:kind/, 'invoice')
    .replace(/:\w+/g, '00000000-0000-4000-8000-000000000000')
    .replace('*', 'x');
  const suffixes = [
    '',
    '?',
    '?%',
    '?a=%zz',
    '?search=%00',
    '?%c3%28',
    '/',
    '//',
    '/..',
    '/%2e%2e%2f',
    '%00',
    '\xff',
    ';a',
    '#b',
    '?page=-1&page=2',
  ];
  const others = [
    '*',
    '/',
    '//',
    'http://elsewhere.example/',
    '/%',
    '/%zz',
    '/\x00',
    '/\xc3\x28',
    `/${'a/'.repeat(2000)}`,
    '',
    'x',
  ];
  return fc.oneof(
    { weight: 6, arbitrary: fc.constantFrom(...suffixes).map((suffix) => usual + suffix) },
    { weight: 1, arbitrary: fc.constantFrom(...others) },
  );
}

/** Lines that are headers, whether valid or not. */
const oddHeader = fc.constantFrom(
  ...['content-type: application/json', 'content-type: application/json; charset=\xff', 'content-type:'],
  ...[
    'authorization: Bearer',
    'authorization: Basic YTpi',
    'authorization:Bearer a b c',
    'cookie: oauth2-redirect-state=\xff; a',
  ],
  ...['idempotency-key: abcdefgh', 'idempotency-key: ', 'expect: 100-continue', 'expect: 200-ok', 'upgrade: websocket'],
  ...['connection: upgrade', 'accept-encoding: gzip;q=nonsense', 'range: bytes=9-1', 'if-none-match: "', 'host: y'],
  ...['x-forwarded-for: \xff, ,', 'x-http-method-override: DELETE', 'a\tb: c', 'x-xero-signature: %%%'],
);

const badHeader = fc.oneof(
  fc.constantFrom(': empty', 'no colon', ' folded: x', 'accept: \x01', 'content-type: \x00', 'transfer-encoding: x'),
  fc
    .tuple(fc.string({ maxLength: 20 }), fc.string({ unit: 'binary', maxLength: 40 }))
    .map(([name, value]) => `${name}: ${value}`),
);

type Framing = (body: string) => string[];

const framing: Arbitrary<Framing> = fc.constantFrom<Framing[]>(
  (body) => [`content-length: ${body.length}`],
  (body) => [`content-length: ${body.length}`],
  (body) => [`content-length: ${body.length}`, 'content-type: application/json'],
  () => [],
  (body) => [`content-length: ${body.length + 5}`],
  (body) => [`content-length: ${Math.max(0, body.length - 5)}`],
  () => ['content-length: -1'],
  () => ['content-length: 99999999999999999999'],
  () => ['content-length: 1', 'content-length: 2'],
  () => ['transfer-encoding: chunked'],
  () => ['transfer-encoding: chunked', 'content-length: 3', 'content-type: application/json'],
  () => ['transfer-encoding: chunked, identity'],
  () => ['transfer-encoding: gzip'],
);

const bodies = [
  '{',
  '{}',
  '{"a":',
  '"',
  'null',
  '[[[[',
  '\x00',
  '\xff\xfe{}',
  '\xc3\x28',
  '1e999999',
  '{"__proto__":{"a":1}}',
  `${'['.repeat(5000)}`,
  '2\r\n{}\r\n0\r\n\r\n',
  'zz\r\nnonsense',
  'ffffffffffffffff\r\n',
  '-1\r\na\r\n',
  '2;ext="\r\n{}\r\n0\r\n\r\n',
  '0\r\n\r\nGET / HTTP/1.1\r\n\r\n',
];

/** Cut, changed or extended in some places. */
function mangled(bytes: Arbitrary<Uint8Array>): Arbitrary<Uint8Array> {
  return fc
    .tuple(bytes, fc.array(fc.tuple(fc.nat(), fc.nat(255)), { minLength: 1, maxLength: 4 }), fc.nat(3))
    .map(([whole, hits, way]) => {
      const copy = Buffer.from(whole);
      for (const [place, byte] of hits) copy[place % copy.length] = byte;
      return way === 0 ? copy.subarray(0, (hits[0]?.[0] ?? 0) % copy.length) : copy;
    });
}
