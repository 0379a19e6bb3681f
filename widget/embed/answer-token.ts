export type RecordName = { recordType: string; recordId: string };
export type GetToken = (record: RecordName) => unknown;

/** A record token from the page: by its function, or from its own server. null when there is none to be had. */
export async function answerToken(
  record: RecordName,
  getToken: GetToken | undefined,
  tokenUrl: string | null,
): Promise<string | null> {
  try {
    const token = await (getToken ? getToken(record) : tokenUrl !== null && fetchToken(record, tokenUrl));
    return token && typeof token === 'string' ? token : null;
  } catch {
    return null;
  }
}

async function fetchToken(record: RecordName, tokenUrl: string) {
  const url = new URL(tokenUrl, document.baseURI);
  url.searchParams.set('recordType', record.recordType);
  url.searchParams.set('recordId', record.recordId);
  const response = await fetch(url, { credentials: 'same-origin', cache: 'no-store' });
  return response.ok && (await response.text()).trim();
}
