import { Fragment, useState } from 'react';
import type { Mapping } from '#shared/contract/sync/mapping.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Button } from '#widget/ui/button.tsx';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { FailureNote } from '#widget/ui/failures/failure-note.tsx';
import { Note } from '#widget/ui/note.tsx';
import { RowsSkeleton } from '#widget/ui/skeleton.tsx';
import type { MappingTarget } from '../place.ts';
import { SaveBar } from '../save-bar.tsx';
import { mappingWords, syncWords } from '../words.ts';
import { DefaultChoices } from './default-choices.tsx';
import { type Choosing, type Draft, placeErrors, toChange, withChoice } from './mapping-draft.ts';
import { type Line, listLines, listOptions, listProposals, withDraft } from './mapping-lines.ts';
import { MappingSection } from './mapping-section.tsx';
import { TrackingChoices } from './tracking-choices.tsx';
import { useMapping, useSaveMapping } from './use-mapping.ts';

type Props = { target: MappingTarget | null };

const sections: readonly Line['mapping'][] = ['categories', 'paymentMethods', 'taxRates'];
const noDraft: Draft = new Map();

/** Which account, tax rate or tracking category stands for which word of the CRM. Choices count when they are saved. */
export function MappingTab({ target }: Props) {
  const { mapping, failure, isFetching, refetch } = useMapping();
  const isEmpty = mapping?.choices.accounts.length === 0;
  return (
    <>
      {failure && <FailureNote failure={failure} isRetrying={isFetching} onRetry={refetch} />}
      {!mapping && !failure && <RowsSkeleton />}
      {isEmpty && (
        <Note tone="warn" icon="warning" title={mappingWords.noChoices} reason={mappingWords.noChoicesReason} />
      )}
      {mapping && !isEmpty && <MappingForm mapping={mapping} target={target} />}
    </>
  );
}

function MappingForm({ mapping, target }: Props & { mapping: Mapping }) {
  const { format } = useFrame();
  const [draft, setDraft] = useState(noDraft);
  const [sent, setSent] = useState(noDraft);
  const { save, isSaving, failure } = useSaveMapping(() => setDraft(noDraft));
  const faults = placeErrors(sent, failure?.errors ?? []);
  // Another choice has not been refused.
  const faultAt = (place: string) =>
    draft.has(place) && draft.get(place)?.value === sent.get(place)?.value ? faults.get(place) : undefined;
  const choose = (...choosing: Choosing[]) => setDraft((before) => choosing.reduce(withChoice, before));
  const saved = listLines(mapping);
  const lines = withDraft(saved, draft);
  const common = { mapping, draft, faultAt, onChoose: choose };
  const saveBar = (
    <>
      <SaveBar
        text={mappingWords.unsaved(format.count(draft.size))}
        isSaving={isSaving}
        onSave={() => {
          setSent(draft);
          save(toChange(draft));
        }}
        onDiscard={() => setDraft(noDraft)}
      />
      {failure && <ActError title={syncWords.saveFailed} failure={failure} />}
    </>
  );
  // After each part in which something was chosen, as a page of many words is long.
  const saveBarOf = (...parts: string[]) =>
    [...draft.keys()].some((place) => parts.some((part) => place.startsWith(`${part}/`))) && saveBar;
  return (
    <>
      <Proposals lines={lines} onTake={(proposals) => choose(...proposals)} />
      {sections.map((section) => (
        <Fragment key={section}>
          <MappingSection
            mapping={section}
            lines={lines.filter((line) => line.mapping === section)}
            saved={saved.filter((line) => line.mapping === section)}
            options={listOptions(mapping.choices, section)}
            target={target?.mapping === section ? target.key : null}
            faultAt={faultAt}
            onChoose={choose}
          />
          {saveBarOf(section)}
        </Fragment>
      ))}
      <TrackingChoices {...common} />
      <DefaultChoices {...common} target={target?.mapping === 'defaults' ? target.key : null} />
      {saveBarOf('tracking', 'defaults')}
    </>
  );
}

/** Chooses every suggestion with one press. */
function Proposals({ lines, onTake }: { lines: readonly Line[]; onTake(proposals: Choosing[]): void }) {
  const { format } = useFrame();
  const proposals = listProposals(lines);
  if (proposals.length === 0) return null;
  return (
    <Note
      tone="plain"
      icon="check"
      title={mappingWords.proposals(format.count(proposals.length))}
      reason={mappingWords.proposalsReason}
      action={<Button onClick={() => onTake(proposals)}>{mappingWords.takeAll}</Button>}
    />
  );
}
