import { unreadableWords } from '#widget/session/error-words.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Note } from './note.tsx';

/** Shown when figures or a list lack documents. Nothing has failed, so the page is not told of an error. */
export function UnreadableNote({ count }: { count: number }) {
  const { format } = useFrame();
  return <Note tone="warn" icon="warning" {...unreadableWords(count, format)} isAlert />;
}
