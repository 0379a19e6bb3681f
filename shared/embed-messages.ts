import * as z from 'zod/mini';
import { errorCodes } from './error-catalogue.ts';

/**
 * The messages between a host page (the loader) and the frame. The loader starts with one window message that carries a
 * MessagePort and targets the server's exact origin. All later messages use that port. Both sides check each message
 * and drop invalid ones.
 */
export const messageNamespace = 'ledgerside';
export const messageVersion = 1;

const envelope = { ns: z.literal(messageNamespace), v: z.literal(messageVersion) };

/** Page → frame, on the window, once, with a port. */
export const helloSchema = z.object({ ...envelope, type: z.literal('hello') });

const contextSchema = z.object({
  ...envelope,
  type: z.literal('context'),
  /** As the element's attribute says. The CRM and the server refuse a type that they do not know. */
  recordType: z.string(),
  recordId: z.string(),
  /** `quick`, `settings` or `sync`; anything else shows the details. */
  view: z.string(),
  /** `light` or `dark`; empty until the page's theme is known. */
  theme: z.string(),
  /** Empty: the browser's locale. */
  locale: z.string(),
});
const tokenSchema = z.object({ ...envelope, type: z.literal('token'), id: z.number(), token: z.nullable(z.string()) });

/** Page → frame, on the port: the record to show and how to show it, and requested tokens (null: none available). */
export const hostMessageSchema = z.discriminatedUnion('type', [contextSchema, tokenSchema]);
export type HostMessage = z.infer<typeof hostMessageSchema>;
export type Context = z.infer<typeof contextSchema>;

const getTokenSchema = z.object({
  ...envelope,
  type: z.literal('get-token'),
  id: z.number(),
  recordType: z.string(),
  recordId: z.string(),
});
const heightSchema = z.object({ ...envelope, type: z.literal('height'), height: z.number() });
const navigateSchema = z.object({ ...envelope, type: z.literal('navigate'), path: z.string() });

/** Events of the element. They contain no names or amounts. */
const eventSchema = z.object({
  ...envelope,
  type: z.literal('event'),
  name: z.enum(['ready', 'linked', 'unlinked', 'created', 'error']),
  detail: z.union([
    z.object({}),
    z.object({ kind: z.string(), id: z.string(), number: z.nullable(z.string()), url: z.string() }),
    z.object({ code: z.enum(errorCodes), requestId: z.nullable(z.string()) }),
  ]),
});

/** Frame → page, on the port. `navigate` asks the page to open a path of the server as the top-level page. */
export const frameMessageSchema = z.discriminatedUnion('type', [
  getTokenSchema,
  heightSchema,
  navigateSchema,
  eventSchema,
]);
export type FrameMessage = z.infer<typeof frameMessageSchema>;
