import { useState } from 'react';
import type { Rules } from '#shared/contract/sync/rules.ts';
import { Button } from '#widget/ui/button.tsx';
import { Confirm } from '#widget/ui/confirm.tsx';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { FailureNote } from '#widget/ui/failures/failure-note.tsx';
import { Note } from '#widget/ui/note.tsx';
import { RowsSkeleton } from '#widget/ui/skeleton.tsx';
import type { Go } from '../place.ts';
import { SaveBar } from '../save-bar.tsx';
import { rulesWords, syncWords } from '../words.ts';
import { BillRules } from './bill-rules.tsx';
import { GeneralRules } from './general-rules.tsx';
import { KindRules } from './kind-rules.tsx';
import { findChange, type RulesDraft, toDraft } from './rules-draft.ts';
import { useRules, useSaveRules } from './use-rules.ts';

/** What is sent to Xero and comes from there, when, and from which day. Changes count when they are saved. */
export function RulesTab({ go }: { go: Go }) {
  const { rules, failure, isFetching, refetch } = useRules();
  return (
    <>
      {failure && <FailureNote failure={failure} isRetrying={isFetching} onRetry={refetch} />}
      {rules ? <RulesForm rules={rules} go={go} /> : !failure && <RowsSkeleton />}
    </>
  );
}

function RulesForm({ rules, go }: { rules: Rules; go: Go }) {
  const [draft, setDraft] = useState<RulesDraft | null>(null);
  const [hasFault, setHasFault] = useState(false);
  const [discards, setDiscards] = useState(0);
  const { save, isSaving, failure } = useSaveRules(() => setDraft(null));
  const held = draft ?? toDraft(rules);
  const change = draft && findChange(rules, draft);
  const common = { draft: held, onChange: setDraft };
  return (
    <>
      <Switch rules={rules} isSaving={isSaving} onSwitch={(enabled) => !hasFault && save({ ...change, enabled })} />
      <GeneralRules key={`${rules.since} ${discards}`} {...common} onFault={setHasFault} />
      <KindRules {...common} kinds={rules.kinds} />
      <BillRules {...common} rules={rules} go={go} />
      {(change || hasFault) && (
        <SaveBar
          text={syncWords.unsaved}
          isSaving={isSaving}
          isDisabled={hasFault}
          onSave={() => change && save(change)}
          onDiscard={() => {
            setDraft(null);
            setHasFault(false);
            setDiscards(discards + 1);
          }}
        />
      )}
      {failure && <ActError title={syncWords.saveFailed} failure={failure} />}
    </>
  );
}

type SwitchProps = { rules: Rules; isSaving: boolean; onSwitch(enabled: boolean): void };

/** Turning sync off is asked about, because everything that waits is then left out. */
function Switch({ rules: { enabled }, isSaving, onSwitch }: SwitchProps) {
  const [isAsking, setIsAsking] = useState(false);
  const turnOn = () => {
    setIsAsking(false);
    onSwitch(true);
  };
  if (isAsking && enabled)
    return (
      <Confirm
        title={rulesWords.offTitle}
        confirmLabel={rulesWords.turnOff}
        isBusy={isSaving}
        onConfirm={() => onSwitch(false)}
        onCancel={() => setIsAsking(false)}
      >
        {rulesWords.offText}
      </Confirm>
    );
  return (
    <Note
      tone={enabled ? 'good' : 'warn'}
      icon={enabled ? 'check' : 'warning'}
      title={enabled ? syncWords.on : syncWords.off}
      reason={enabled ? rulesWords.onReason : rulesWords.turnOnReason}
      action={
        enabled ? (
          <Button onClick={() => setIsAsking(true)}>{rulesWords.askOff}</Button>
        ) : (
          <Button variant="primary" isBusy={isSaving} onClick={turnOn}>
            {rulesWords.turnOn}
          </Button>
        )
      }
    />
  );
}
