import { useEffect, useState } from 'react';
import { newKey } from '#widget/lib/new-key.ts';
import { useFrame } from '#widget/session/frame.ts';
import type { DocumentDraft } from './draft/draft.ts';
import { findKept, forget, type KeptPlace, keep, type Sent } from './draft/kept-draft.ts';

type State = { idempotencyKey: string; draft: DocumentDraft; sent: Sent | null; isTouched: boolean };

/** The typed text and the sent body, stored with every change so that a reload loses nothing. */
export function useFormText(place: KeptPlace, fileNames: readonly string[], start: () => DocumentDraft) {
  const { format } = useFrame();
  const [restored, setRestored] = useState(() => findKept(place));
  const [state, setState] = useState<State>(() =>
    restored
      ? { idempotencyKey: restored.idempotencyKey, draft: restored.draft, sent: restored.sent, isTouched: true }
      : { idempotencyKey: newKey(), draft: start(), sent: null, isTouched: false },
  );

  function write({ idempotencyKey, draft, sent }: State) {
    const names = fileNames.length > 0 ? fileNames : (restored?.fileNames ?? []);
    keep(place, { idempotencyKey, draft, sent, keptAt: format.now().toISOString(), fileNames: [...names] });
  }

  function update(part: Partial<State>) {
    const next = { ...state, ...part, isTouched: true };
    write(next);
    setState(next);
  }

  const joined = fileNames.join('/');
  // biome-ignore lint/correctness/useExhaustiveDependencies: a file that comes or goes is a change like a typed letter
  useEffect(() => {
    if (joined !== '') write(state);
  }, [joined]);

  return {
    ...state,
    restored,
    change: (draft: DocumentDraft) => update({ draft }),
    setSent: (sent: Sent | null) => update({ sent }),
    forget: () => forget(place),
    startOver: () => {
      forget(place);
      setRestored(null);
      setState({ idempotencyKey: newKey(), draft: start(), sent: null, isTouched: false });
    },
  };
}
