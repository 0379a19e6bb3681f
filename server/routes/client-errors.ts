import { randomUUID } from 'node:crypto';
import { STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ErrorCode } from '#shared/error-catalogue.ts';
import { errorCatalogue } from '#shared/error-catalogue.ts';
import { buildProblem } from './error-handler.ts';
import { safeHeaders } from './security-headers.ts';

type ClientError = Error & { code?: string };

/** What is no HTTP, or not in time, never becomes a request: the answer is written to the socket itself. */
export function answerClientError(
  log: { info(fields: object, text: string): void },
  { isHttps }: { isHttps: boolean },
) {
  return (error: ClientError, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    const code = toCode(error);
    const requestId = randomUUID();
    // The parser's own text may repeat what was sent.
    log.info({ code, reason: error.code, requestId }, 'request refused before it was read');
    if (socket.writable) socket.write(formatAnswer(code, requestId, isHttps));
    socket.destroySoon();
  };
}

function toCode({ code }: ClientError): ErrorCode {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'request_timeout';
  return code === 'HPE_HEADER_OVERFLOW' ? 'headers_too_large' : 'invalid_request';
}

function formatAnswer(code: ErrorCode, requestId: string, isHttps: boolean): string {
  const { status } = errorCatalogue[code];
  const body = JSON.stringify(buildProblem(code, requestId));
  const headers = {
    ...safeHeaders({ isHttps }),
    'cache-control': 'no-store',
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`;
}
