import type { Deps } from '#server/deps.ts';
import { AppError } from '#shared/app-error.ts';
import type { Look } from '../look/look.ts';

const mostBytes = 10 * 1024 * 1024;
const timeoutMs = 15_000;

/** The bytes of a record's receipt, which the CRM sent along or names by an address. */
export async function readReceipt(deps: Deps, { version, row }: Look): Promise<{ bytes: Buffer; contentType: string }> {
  const receipt = version.data && 'receipt' in version.data ? version.data.receipt : undefined;
  const { name, url } = receipt ?? {};
  if (!name) throw new AppError('not_found');
  if (url !== undefined) {
    const answer = await deps.outgoing.fetch(url, { method: 'GET', mostBytes, timeoutMs });
    if (answer.outcome !== 'answered' || answer.status !== 200) throw new AppError('not_found');
    return { bytes: answer.body, contentType: answer.contentType ?? toContentType(name) };
  }
  const stored = await deps.store.records.findData(row.workspaceId, version.kind, version.crmId);
  if (!stored?.receipt) throw new AppError('not_found');
  return { bytes: Buffer.from(stored.receipt, 'base64'), contentType: toContentType(name) };
}

const types: Readonly<Record<string, string>> = {
  pdf: 'application/pdf',
  png: 'image/png',
  jpg: 'image/jpeg',
  jpeg: 'image/jpeg',
  gif: 'image/gif',
  webp: 'image/webp',
  heic: 'image/heic',
  tif: 'image/tiff',
  tiff: 'image/tiff',
};

function toContentType(name: string): string {
  return types[name.split('.').at(-1)?.toLowerCase() ?? ''] ?? 'application/octet-stream';
}
