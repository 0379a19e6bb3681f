import type { Mapping } from '#shared/contract/sync/mapping.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Button } from '#widget/ui/button.tsx';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { FailureNote } from '#widget/ui/failures/failure-note.tsx';
import { Note } from '#widget/ui/note.tsx';
import { RowsSkeleton } from '#widget/ui/skeleton.tsx';
import type { MappingTarget } from '../place.ts';
import { mappingWords, syncWords } from '../words.ts';
import { DefaultChoices } from './default-choices.tsx';
import { type Line, listLines, listOptions, takeProposals } from './mapping-lines.ts';
import { MappingSection } from './mapping-section.tsx';
import { TrackingChoices } from './tracking-choices.tsx';
import { useMapping, useSaveMapping } from './use-mapping.ts';

const sections: readonly Line['mapping'][] = ['categories', 'paymentMethods', 'taxRates'];

/** Which account, tax rate or tracking category stands for which word of the CRM. Each choice is saved at once. */
export function MappingTab({ target }: { target: MappingTarget | null }) {
  const { mapping, failure, isFetching, refetch } = useMapping();
  return (
    <>
      {failure && <FailureNote failure={failure} isRetrying={isFetching} onRetry={refetch} />}
      {mapping ? <Sections mapping={mapping} target={target} /> : !failure && <RowsSkeleton />}
    </>
  );
}

function Sections({ mapping, target }: { mapping: Mapping; target: MappingTarget | null }) {
  const lines = listLines(mapping);
  if (mapping.choices.accounts.length === 0)
    return <Note tone="warn" icon="warning" title={mappingWords.noChoices} reason={mappingWords.noChoicesReason} />;
  return (
    <>
      <Proposals lines={lines} />
      {sections.map((section) => (
        <MappingSection
          key={section}
          mapping={section}
          lines={lines.filter((line) => line.mapping === section)}
          options={listOptions(mapping.choices, section)}
          target={target?.mapping === section ? target.key : null}
        />
      ))}
      <TrackingChoices mapping={mapping} />
      <DefaultChoices mapping={mapping} target={target?.mapping === 'defaults' ? target.key : null} />
    </>
  );
}

/** Takes every suggestion with one press. */
function Proposals({ lines }: { lines: readonly Line[] }) {
  const { format } = useFrame();
  const { save, isSaving, failure } = useSaveMapping();
  const proposals = takeProposals(lines);
  if (!proposals && !failure) return null;
  return (
    <>
      {proposals && (
        <Note
          tone="plain"
          icon="check"
          title={mappingWords.proposals(format.count(proposals.count))}
          reason={mappingWords.proposalsReason}
          action={
            <Button isBusy={isSaving} onClick={() => save(proposals.change)}>
              {mappingWords.takeAll}
            </Button>
          }
        />
      )}
      {failure && <ActError title={syncWords.saveFailed} failure={failure} />}
    </>
  );
}
