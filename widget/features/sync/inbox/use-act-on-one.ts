import type { RecordSummary } from '#shared/contract/sync/record.ts';
import { useFrame } from '#widget/session/frame.ts';
import { useRecordAct } from '#widget/session/use-record-act.ts';
import { stateWords } from '#widget/ui/records/record-words.ts';
import { useReload } from '../use-reload.ts';

/** Acts on one record of the list. The list is loaded again, also after a refusal. */
export function useActOnOne(record: RecordSummary) {
  const { announce } = useFrame();
  const reload = useReload();
  return useRecordAct(record, {
    onDone: ({ state }) => {
      announce(stateWords[state]);
      return reload();
    },
    onRefused: reload,
  });
}
