import type { Context, FrameMessage, HostMessage } from '#shared/embed-messages.ts';

type Body<Message> = Message extends unknown ? Omit<Message, 'ns' | 'v'> : never;

/** The members that every message has. The types hold them to the contract. */
const envelope = { ns: 'ledgerside', v: 1 } satisfies Pick<HostMessage, 'ns' | 'v'>;

export type FrameMessageBody = Body<FrameMessage>;

export function toFrameMessage(body: FrameMessageBody) {
  return { ...envelope, ...body };
}

/** The page's first message, which brings the port. */
export function isHello(data: unknown): boolean {
  return isOurs(data) && data.type === 'hello';
}

/**
 * The message if it is ours and well formed, or else null. It is checked by hand, because the schemas in
 * `#shared/embed-messages.ts` would add 7 kB of zod to the first paint. A test compares this check with the schemas.
 */
export function parseHostMessage(data: unknown): HostMessage | null {
  if (!isOurs(data)) return null;
  return isContext(data) || isToken(data) ? data : null;
}

type Unchecked = { [name: string]: unknown };

function isOurs(data: unknown): data is Unchecked {
  const message = data as Unchecked | null | undefined;
  return message?.ns === envelope.ns && message.v === envelope.v;
}

function isContext(message: Unchecked): message is Context {
  return (
    message.type === 'context' &&
    typeof message.recordType === 'string' &&
    typeof message.recordId === 'string' &&
    typeof message.view === 'string' &&
    typeof message.theme === 'string' &&
    typeof message.locale === 'string'
  );
}

function isToken(message: Unchecked): message is Extract<HostMessage, { type: 'token' }> {
  const { type, id, token } = message;
  return type === 'token' && Number.isFinite(id) && (token === null || typeof token === 'string');
}
