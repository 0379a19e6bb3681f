import type { RecordView } from '#shared/contract/session/view.ts';
import { useFrame } from '#widget/session/frame.ts';
import { useRecordAct } from '#widget/session/use-record-act.ts';
import type { ViewState } from '#widget/session/use-view.ts';
import { stateWords } from '#widget/ui/records/record-words.ts';

/**
 * Acts on the record of this session. The answer is shown at once, and the history is loaded after it. After a refusal
 * the record is loaded too.
 */
export function useAct(view: RecordView, state: ViewState) {
  const { announce } = useFrame();
  return useRecordAct(view.record, {
    onDone: async (record) => {
      await state.replace({ ...view, record });
      announce(stateWords[record.state]);
      // The pressed button is gone.
      document.querySelector('h1')?.focus();
      await state.refresh('known');
    },
    onRefused: () => state.refresh('known'),
  });
}
