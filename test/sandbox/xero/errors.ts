import { randomUUID } from 'node:crypto';

/** An answer other than 2xx. Any part of a route may throw it; the app's only error handler sends it. */
export class XeroFault extends Error {
  readonly status: number;
  readonly body: unknown;
  readonly headers: Record<string, string>;

  constructor(status: number, body: unknown, headers: Record<string, string> = {}) {
    super(`answer ${status}`);
    this.name = 'XeroFault';
    this.status = status;
    this.body = body;
    this.headers = headers;
  }
}

/** The body of a refused write. Each element has its own ValidationErrors. */
export function validationException(elements: unknown[]): XeroFault {
  return new XeroFault(400, {
    ErrorNumber: 10,
    Type: 'ValidationException',
    Message: 'A validation exception occurred',
    Elements: elements,
  });
}

/** A 400 about the request itself, not about an element. */
export function badRequest(errorNumber: number, type: string, message: string): XeroFault {
  return new XeroFault(400, { ErrorNumber: errorNumber, Type: type, Message: message });
}

export function queryParseException(message: string): XeroFault {
  return badRequest(16, 'QueryParseException', message);
}

const titles: Record<number, string> = { 401: 'Unauthorized', 403: 'Forbidden' };

/** An answer of Xero's gateway, before the Accounting API is reached. */
export function gatewayRefusal(status: 401 | 403, detail: string, headers?: Record<string, string>): XeroFault {
  return new XeroFault(
    status,
    { Type: null, Title: titles[status], Status: status, Detail: detail, Instance: randomUUID(), Extensions: {} },
    headers,
  );
}

export const notFoundText = "The resource you're looking for cannot be found";

export function notFound(): XeroFault {
  return new XeroFault(404, notFoundText);
}
