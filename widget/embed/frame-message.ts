import type { FrameMessage, HostMessage } from '#shared/embed-messages.ts';

/** The members that every message has. The loader has no room for zod, so only the types hold it to the contract. */
const envelope = { ns: 'ledgerside', v: 1 } satisfies Pick<FrameMessage, 'ns' | 'v'>;

type Body<Message> = Message extends unknown ? Omit<Message, 'ns' | 'v'> : never;

export function toHostMessage(body: Body<HostMessage> | { type: 'hello' }) {
  return { ...envelope, ...body };
}

/** The message if it is ours and well formed, or else null. */
export function parseFrameMessage(data: unknown): FrameMessage | null {
  const message = data as FrameMessage | null;
  return message?.ns === envelope.ns && message.v === envelope.v && isWellFormed(message) ? message : null;
}

function isWellFormed(message: FrameMessage): boolean {
  switch (message.type) {
    case 'get-token':
      return message.id > 0;
    case 'height':
      return message.height >= 0 && message.height < 1e5;
    case 'navigate':
      return /^\/connect\?/.test(message.path);
    case 'event':
      return /^(ready|(un)?linked|created|error)$/.test(message.name);
    default:
      return false;
  }
}
