import type { z } from 'zod';

/** One route of the HTTP API: its input, its response and its status. */
export type Route = {
  method: 'GET' | 'POST' | 'PUT' | 'DELETE';
  path: string;
  summary: string;
  params?: z.ZodType;
  headers?: z.ZodType;
  querystring?: z.ZodType;
  body?: z.ZodType;
  /** The largest body in bytes, where it is not the usual one. */
  bodyLimit?: number;
  status: number;
  response: z.ZodType;
};

export type RouteQuery<R extends Route> = R['querystring'] extends z.ZodType ? z.input<R['querystring']> : undefined;
export type RouteParams<R extends Route> = R['params'] extends z.ZodType ? z.input<R['params']> : undefined;
export type RouteBody<R extends Route> = R['body'] extends z.ZodType ? z.input<R['body']> : undefined;
export type RouteAnswer<R extends Route> = z.output<R['response']>;
