import { z } from 'zod';
import type { Route } from './route.ts';

/** Why the server ends a stream: only after `replaced` there is nothing to come back for. */
export const streamEndSchema = z.enum(['session_expired', 'replaced', 'unavailable', 'stopping']);
export type StreamEnd = z.infer<typeof streamEndSchema>;

/**
 * What the stream of a session says, as text/event-stream; no event carries a name or an amount.
 * - `ready`: listening began. What changed before was not heard, so that the view is asked for once.
 * - `view`: what this session shows may have changed: GET /api/view, or GET /api/settings in settings.
 * - `session`: its rights or the connection to Xero changed: POST /api/open with a fresh record token.
 * - `end`: the stream is over, with its reason as data.
 * Between them a comment line comes every 15 seconds.
 */
export type StreamEvent = { name: 'ready' | 'view' | 'session' } | { name: 'end'; reason: StreamEnd };

export const eventsRoute = {
  method: 'GET',
  path: '/api/events',
  summary: 'Says when this session’s view is to be asked for again, until the session ends; text/event-stream',
  status: 200,
  response: z.string(),
} as const satisfies Route;
