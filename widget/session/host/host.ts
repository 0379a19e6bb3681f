import type { Context } from '#shared/embed-messages.ts';
import { CallError, type Failure } from '../failures/failure.ts';
import { type FrameMessageBody, isHello, parseHostMessage, toFrameMessage } from './host-message.ts';

/** The page around the frame. */
export type Host = {
  /** What the page wants to show; null until it has told. */
  getContext(): Context | null;
  subscribe(listener: () => void): () => void;
  /** A fresh record token; null if the page has none. Rejects with a CallError if the page does not answer in time. */
  getToken(recordType: string, recordId: string): Promise<string | null>;
  send(message: FrameMessageBody): void;
};

/** How long the page may take to get a token, in milliseconds. */
const tokenTimeoutMs = 8000;
const late: Failure = { code: 'token_unavailable', requestId: null, reason: 'late' };

/**
 * Waits for `hello` from the parent window, on one of the workspace's origins, and keeps its port. Later hellos are
 * ignored, because the frame belongs to the page that loaded it.
 */
export function connectHost(frame: Window, origins: readonly string[]): Host {
  const listeners = new Set<() => void>();
  const waiting = new Map<number, (token: string | null) => void>();
  let context: Context | null = null;
  let port: MessagePort | null = null;
  let lastId = 0;

  function onHello(event: MessageEvent) {
    const isParent = event.source === frame.parent && origins.includes(event.origin);
    const [offered] = event.ports;
    if (port || !isParent || !offered || !isHello(event.data)) return;
    port = offered;
    port.onmessage = ({ data }) => onMessage(data);
    frame.removeEventListener('message', onHello);
  }

  function onMessage(data: unknown) {
    const message = parseHostMessage(data);
    if (!message) return;
    if (message.type === 'token') return waiting.get(message.id)?.(message.token);
    const next = { ...message, locale: toLocale(message.locale || frame.navigator.language) };
    // A moved element may send the same context again.
    if (JSON.stringify(next) === JSON.stringify(context)) return;
    context = next;
    for (const listener of listeners) listener();
  }

  function send(body: FrameMessageBody) {
    port?.postMessage(toFrameMessage(body));
  }

  function getToken(recordType: string, recordId: string): Promise<string | null> {
    const id = ++lastId;
    return new Promise((resolve, reject) => {
      const timer = setTimeout(() => {
        waiting.delete(id);
        reject(new CallError(late));
      }, tokenTimeoutMs);
      waiting.set(id, (token) => {
        clearTimeout(timer);
        waiting.delete(id);
        resolve(token);
      });
      send({ type: 'get-token', id, recordType, recordId });
    });
  }

  frame.addEventListener('message', onHello);
  return { getContext: () => context, subscribe: subscribeTo(listeners), getToken, send };
}

/** Turns `de_DE` and `de_DE.UTF-8` into the browser's form. */
function toLocale(locale: string): string {
  return locale.replace(/[.@].*/, '').replaceAll('_', '-');
}

function subscribeTo(listeners: Set<() => void>) {
  return (listener: () => void) => {
    listeners.add(listener);
    return () => listeners.delete(listener);
  };
}
