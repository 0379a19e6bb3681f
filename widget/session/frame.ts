import { createContext, useContext } from 'react';
import type { Context } from '#shared/embed-messages.ts';
import type { Format } from '#widget/lib/format.ts';
import type { Host } from './host/host.ts';
import type { Session } from './session.ts';

/** What every screen gets: the page around the frame, the session of its record, and formats. */
export type Frame = {
  host: Host;
  context: Context;
  session: Session;
  format: Format;
  /** Announces the result of an action to screen readers. */
  announce(text: string): void;
};

export const FrameContext = createContext<Frame | null>(null);

export function useFrame(): Frame {
  const frame = useContext(FrameContext);
  if (!frame) throw new Error('useFrame is for components inside FrameContext');
  return frame;
}
