import type { Books, Organisation } from '../records/organisation.ts';
import type { Sandbox } from '../state.ts';

/** One admitted call of the Accounting API. */
export type ApiCall = {
  sandbox: Sandbox;
  organisation: Organisation;
  books: Books;
  params: Record<string, string>;
  /** Names in lower case, values as sent. */
  query: Record<string, string>;
  /** Of PUT and POST: the parsed JSON; for a route that takes bytes a Buffer. */
  body: unknown;
  /** The Accept header. */
  accept: string;
  /** Of a body of bytes. */
  contentType: string;
  /** Where the sandbox listens, as the caller wrote it. */
  origin: string;
  /** Milliseconds since the epoch. */
  ifModifiedSince?: number;
};

export type ApiAnswer = {
  status: number;
  body: unknown;
  /** JSON when absent. */
  contentType?: string;
};

export type ApiRoute = {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Below /api.xro/2.0. */
  path: string;
  /** Any one of these scopes is enough. */
  scopes: string[];
  /** What a caller may accept, JSON when absent. */
  accepts?: RegExp;
  /** How a body is read, as JSON when absent. */
  takes?: 'bytes' | 'anything';
  run: (call: ApiCall) => ApiAnswer;
};
