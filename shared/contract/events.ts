import { z } from 'zod';
import type { Route } from './route.ts';

/** Why the server ended a stream. After `replaced`, the widget must not reconnect. */
export const streamEndSchema = z.enum(['session_expired', 'replaced', 'unavailable', 'stopping']);
export type StreamEnd = z.infer<typeof streamEndSchema>;

/**
 * The events of a session's stream, as text/event-stream. No event contains a name or an amount.
 * `ready`: listening began. Earlier changes were missed, so ask for the view once.
 * `view`: the view may have changed. Ask GET /api/view, or GET /api/settings in settings. In the overview of sync,
 * records stand otherwise than before.
 * `session`: the rights or the connection to Xero changed. Ask POST /api/open with a fresh record token.
 * `end`: the stream is over; its data is the reason.
 * A comment line is sent as heartbeat every 15 seconds.
 */
export type StreamEvent = { name: 'ready' | 'view' | 'session' } | { name: 'end'; reason: StreamEnd };

export const eventsRoute = {
  method: 'GET',
  path: '/api/events',
  summary: 'Says when to ask for this session’s view again, until the session ends; text/event-stream',
  status: 200,
  response: z.string(),
} as const satisfies Route;
