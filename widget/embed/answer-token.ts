export type RecordName = { recordType: string; recordId: string };
export type GetToken = (record: RecordName) => unknown;

/** How long the page's server may take, in milliseconds; the frame has told the person a second before. */
const patienceMs = 9000;
/** Three parts of base64url: bare, or as some servers write it, in quotes or behind `Bearer`. */
const tokenForm = /^\s*(?:"|bearer )?((?:[\w-]+\.){2}[\w-]+)"?\s*$/i;

/** A record token from the page: by its function, or from its own server. null for all that is none, as a login page. */
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
