import { randomUUID } from 'node:crypto';
import { type IncomingMessage, type ServerResponse, STATUS_CODES } from 'node:http';
import type { Socket } from 'node:net';
import type { ErrorCode } from '#shared/error-catalogue.ts';
import { errorCatalogue } from '#shared/error-catalogue.ts';
import { buildProblem } from './error-handler.ts';
import { safeHeaders } from './security-headers.ts';

type ClientError = Error & { code?: string };

/** Answers on the socket itself when the input is not HTTP or arrives too late, because it never becomes a request. */
export function answerClientError(
  log: { info(fields: object, text: string): void },
  { isHttps }: { isHttps: boolean },
) {
  return (error: ClientError, socket: Socket): void => {
    if (error.code === 'ECONNRESET' || socket.destroyed) return;
    const code = toCode(error);
    const requestId = randomUUID();
    // The parser's message may repeat what was sent, so it is not logged.
    log.info({ code, reason: error.code, requestId }, 'request refused before it was read');
    if (socket.writable) socket.write(formatAnswer(code, requestId, isHttps));
    socket.destroySoon();
  };
}

/** Answers an `Expect` header that cannot be met. Node's own answer has no body. */
export function answerExpectation({ isHttps }: { isHttps: boolean }) {
  return (_request: IncomingMessage, response: ServerResponse): void => {
    const { headers, body } = buildAnswer('invalid_request', randomUUID(), isHttps);
    response.writeHead(errorCatalogue.invalid_request.status, headers).end(body);
  };
}

function toCode({ code }: ClientError): ErrorCode {
  if (code === 'ERR_HTTP_REQUEST_TIMEOUT') return 'request_timeout';
  return code === 'HPE_HEADER_OVERFLOW' ? 'headers_too_large' : 'invalid_request';
}

function formatAnswer(code: ErrorCode, requestId: string, isHttps: boolean): string {
  const { status } = errorCatalogue[code];
  const { headers, body } = buildAnswer(code, requestId, isHttps);
  const lines = Object.entries(headers).map(([name, value]) => `${name}: ${value}\r\n`);
  return `HTTP/1.1 ${status} ${STATUS_CODES[status]}\r\n${lines.join('')}\r\n${body}`;
}

function buildAnswer(code: ErrorCode, requestId: string, isHttps: boolean) {
  const body = JSON.stringify(buildProblem(code, requestId));
  const headers = {
    ...safeHeaders({ isHttps }),
    'cache-control': 'no-store',
    'content-type': 'application/problem+json',
    'content-length': String(Buffer.byteLength(body)),
    connection: 'close',
  };
  return { headers, body };
}
