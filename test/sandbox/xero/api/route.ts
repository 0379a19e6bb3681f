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
  /** Of PUT and POST: the parsed JSON. */
  body: unknown;
  /** Milliseconds since the epoch. */
  ifModifiedSince?: number;
};

export type ApiAnswer = { status: number; body: unknown };

export type ApiRoute = {
  method: 'GET' | 'PUT' | 'POST' | 'DELETE';
  /** Below /api.xro/2.0. */
  path: string;
  /** Any one of these scopes is enough. */
  scopes: string[];
  run: (call: ApiCall) => ApiAnswer;
};
