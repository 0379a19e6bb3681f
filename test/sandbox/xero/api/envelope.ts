import { randomUUID } from 'node:crypto';
import { msDate } from '../dates.ts';
import type { Page, Pagination } from './listing.ts';
import type { ApiAnswer, ApiCall } from './route.ts';

/** The envelope of every answer of the Accounting API. */
export function toEnvelope({ sandbox }: ApiCall, plural: string, elements: unknown[], pagination?: Pagination) {
  return {
    Id: randomUUID(),
    Status: 'OK',
    ProviderName: sandbox.app.name,
    DateTimeUTC: msDate(sandbox.clock.now()),
    ...(pagination === undefined ? {} : { pagination }),
    [plural]: elements,
  };
}

export function answerElements(call: ApiCall, plural: string, elements: unknown[]): ApiAnswer {
  return {
    status: 200,
    body: toEnvelope(call, plural, elements),
  };
}

/** A list. Answers 304 without a body when nothing changed since the given time. */
export function answerPage<Row>(
  call: ApiCall,
  plural: string,
  page: Page<Row>,
  toWire: (row: Row) => unknown,
): ApiAnswer {
  const isUnchanged = call.ifModifiedSince !== undefined && page.rows.length === 0;
  if (isUnchanged) return { status: 304, body: undefined };
  return { status: 200, body: toEnvelope(call, plural, page.rows.map(toWire), page.pagination) };
}
