import { createContext, useContext } from 'react';
import type { Context } from '#shared/embed-messages.ts';
import type { Format } from '#widget/lib/format.ts';
import type { Host } from './host.ts';
import type { Session } from './session.ts';

/** What every screen is given: the page, the talk with the server about its record, and how to write amounts. */
export type Frame = {
  host: Host;
  context: Context;
  session: Session;
  format: Format;
  /** Read out by screen readers; for the result of something a person did. */
  announce(text: string): void;
};

export const FrameContext = createContext<Frame | null>(null);

export function useFrame(): Frame {
  const frame = useContext(FrameContext);
  if (!frame) throw new Error('useFrame is for components inside FrameContext');
  return frame;
}
