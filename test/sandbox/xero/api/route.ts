import type { Books, Organisation } from '../records/organisation.ts';
import type { Sandbox } from '../state.ts';

/** One admitted call of the Accounting API. */
export type ApiCall = {
  sandbox: Sandbox;
  organisation: Organisation;
  books: Books;
  params: Record<string, string>;
  /** Names in lower case, values unchanged. */
  query: Record<string, string>;
  /** For PUT and POST: the parsed JSON, or a Buffer for a route that takes bytes. */
  body: unknown;
  /** The Accept header. */
  accept: string;
  /** The content type of a body of bytes. */
  contentType: string;
  /** The sandbox's address, as the caller wrote it. */
  origin: string;
  /** Milliseconds since the epoch. */
  ifModifiedSince?: number;
};

export type ApiAnswer = {
  status: number;
  body: unknown;
  /** JSON by default. */
  contentType?: string;
};

export type ApiRoute = {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Below /api.xro/2.0. */
  path: string;
  /** One of these scopes is enough. */
  scopes: string[];
  /** What a caller may accept; JSON by default. */
  accepts?: RegExp;
  /** How a body is read; JSON by default. */
  takes?: 'bytes' | 'anything';
  run: (call: ApiCall) => ApiAnswer;
};
