import type { StreamEnd, StreamEvent } from '#shared/contract/events.ts';

type Heard = { onEvent(event: StreamEvent): void; onBeat(): void };

/** Three heartbeats of the server, in milliseconds. A longer silence means that the connection is dead. */
const silenceMs = 45_000;

/** Reads a stream of events to its end. Rejects if it breaks off or stays silent. */
export async function readEvents(body: ReadableStream<Uint8Array>, heard: Heard): Promise<void> {
  const reader = body.getReader();
  const decoder = new TextDecoder();
  let text = '';
  try {
    for (;;) {
      const { value, done } = await withinSilence(reader.read());
      if (done) return;
      const blocks = (text + decoder.decode(value, { stream: true })).split('\n\n');
      text = blocks.pop() ?? '';
      for (const block of blocks) take(block, heard);
    }
  } finally {
    await reader.cancel().catch(() => undefined);
  }
}

/** Events that this version does not know are skipped. */
function take(block: string, { onEvent, onBeat }: Heard): void {
  const field = (name: string) => new RegExp(`^${name}: ?(.*)$`, 'm').exec(block)?.[1];
  const name = field('event');
  if (block.startsWith(':')) onBeat();
  if (name === 'ready' || name === 'view' || name === 'session') onEvent({ name });
  if (name === 'end') onEvent({ name, reason: JSON.parse(field('data') ?? '{}').reason as StreamEnd });
}

async function withinSilence<Value>(read: Promise<Value>): Promise<Value> {
  let timer: ReturnType<typeof setTimeout> | undefined;
  const silence = new Promise<never>((_, reject) => {
    timer = setTimeout(() => reject(new Error('the stream fell silent')), silenceMs);
  });
  try {
    return await Promise.race([read, silence]);
  } finally {
    clearTimeout(timer);
  }
}
