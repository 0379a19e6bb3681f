import type { ApiCall } from './route.ts';

/** For lists without paging. */
export function withoutPaging(call: ApiCall): ApiCall {
  const { page, pagesize, ...query } = call.query;
  return { ...call, query };
}

/** For lists that Xero's OpenAPI gives no If-Modified-Since: they are always whole. */
export function withoutSince({ ifModifiedSince, ...call }: ApiCall): ApiCall {
  return call;
}

/** For writes that Xero's OpenAPI gives no `summarizeErrors`: one bad element refuses the whole call. */
export function withoutSummary(call: ApiCall): ApiCall {
  const { summarizeerrors, ...query } = call.query;
  return { ...call, query };
}
