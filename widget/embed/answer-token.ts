export type RecordName = { recordType: string; recordId: string };
export type GetToken = (record: RecordName) => unknown;

/** How long the page's server may take, in milliseconds. The frame tells the person one second earlier. */
const patienceMs = 9000;
/** Three parts of base64url. Some servers put it in quotes or after `Bearer`. */
const tokenForm = /^\s*(?:"|bearer )?((?:[\w-]+\.){2}[\w-]+)"?\s*$/i;

/** Gets a record token from `getToken` or from the page's server. Anything else, such as a login page, gives null. */
export async function answerToken(record: RecordName, getToken: GetToken | undefined, tokenUrl: string) {
  try {
    return tokenForm.exec(String(await (getToken ? getToken(record) : fetchToken(record, tokenUrl))))?.[1] ?? null;
  } catch {
    return null;
  }
}

async function fetchToken({ recordType, recordId }: RecordName, tokenUrl: string) {
  const url = new URL(tokenUrl, document.baseURI);
  url.searchParams.set('recordType', recordType);
  url.searchParams.set('recordId', recordId);
  const response = await fetch(url, { cache: 'no-store', signal: AbortSignal.timeout(patienceMs) });
  return response.ok && response.text();
}
