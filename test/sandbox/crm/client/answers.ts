/** The largest page of the API. */
export const pageSize = 500;

/** What the CRM says of an answer that it cannot use. */
export function toError(
  what: string,
  { status }: Response,
  problem: { title?: string; code?: string } | undefined,
): Error {
  return new Error(`Ledgerside answered ${what} with ${status} ${problem?.code ?? problem?.title ?? ''}`.trim());
}
