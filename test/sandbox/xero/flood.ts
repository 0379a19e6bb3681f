import { Readable } from 'node:stream';
import { createGzip } from 'node:zlib';

export const floodHeaders = { 'content-type': 'application/json; charset=utf-8', 'content-encoding': 'gzip' };

/** A JSON text of this many bytes, created while it is read. Compressed, it is a thousandth of that. */
export function flood(bytes: number): Readable {
  return Readable.from(blanks(bytes)).pipe(createGzip());
}

function* blanks(bytes: number): Generator<Buffer> {
  const block = Buffer.alloc(64 * 1024, ' ');
  for (let left = bytes; left > 0; left -= block.length) yield block;
  yield Buffer.from('[]');
}
