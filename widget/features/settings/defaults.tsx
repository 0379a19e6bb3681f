import { useState } from 'react';
import type { Choices } from '#shared/contract/choices.ts';
import type { Defaults as Held } from '#shared/contract/settings.ts';
import { useChoices } from '#widget/session/use-choices.ts';
import { Button } from '#widget/ui/button.tsx';
import { defaultNames } from '#widget/ui/default-words.ts';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { FailureNote } from '#widget/ui/failures/failure-note.tsx';
import { Picker } from '#widget/ui/fields/picker.tsx';
import { RowsSkeleton } from '#widget/ui/skeleton.tsx';
import { uiWords } from '#widget/ui/words.ts';
import { accountOptions, findMisfit, taxOptions, withAccount } from './default-options.ts';
import { useSaveDefaults } from './use-defaults.ts';
import { defaultsWords, settingsWords } from './words.ts';

type Props = { defaults: Held };

/**
 * Defaults of new documents, used if neither the contact nor the item has its own. Changes count when they are saved.
 */
export function Defaults({ defaults }: Props) {
  const { choices, failure, isFetching, retry } = useChoices();
  return (
    <section className="pad settings-defaults" aria-labelledby="defaults-title">
      <h2 id="defaults-title">{defaultsWords.title}</h2>
      <p className="small">{defaultsWords.hint}</p>
      {choices && <DefaultsForm defaults={defaults} choices={choices} />}
      {!choices && failure && <FailureNote failure={failure} isRetrying={isFetching} onRetry={retry} />}
      {!choices && !failure && <RowsSkeleton />}
    </section>
  );
}

function DefaultsForm({ defaults, choices }: Props & { choices: Choices }) {
  const [draft, setDraft] = useState<Held | null>(null);
  const { save, isSaving, failure } = useSaveDefaults(() => setDraft(null));
  const held = draft ?? defaults;
  const isChanged = draft !== null && fields.some((field) => draft[field] !== defaults[field]);
  return (
    <>
      <div className="fields">
        <SidePickers side="sales" {...{ held, choices }} onChange={setDraft} />
        <SidePickers side="purchases" {...{ held, choices }} onChange={setDraft} />
      </div>
      {isChanged && (
        <div className="row settings-save">
          <span className="small settings-unsaved">{settingsWords.unsaved}</span>
          <Button variant="text" onClick={() => setDraft(null)}>
            {settingsWords.discard}
          </Button>
          <Button variant="primary" isBusy={isSaving} onClick={() => save(held)}>
            {defaultsWords.save}
          </Button>
        </div>
      )}
      {failure && isChanged && <ActError title={settingsWords.saveFailed} failure={failure} />}
    </>
  );
}

const fields = ['salesAccountCode', 'salesTaxType', 'purchasesAccountCode', 'purchasesTaxType'] as const;

type SideProps = {
  side: 'sales' | 'purchases';
  held: Held;
  choices: Choices;
  onChange(next: Held): void;
};

function SidePickers({ side, held, choices, onChange }: SideProps) {
  const account = held[`${side}AccountCode`] ?? null;
  const taxType = held[`${side}TaxType`] ?? null;
  const misfit = findMisfit(choices, account, taxType);
  const common = { empty: uiWords.noMatches, placeholder: defaultsWords.none };
  return (
    <>
      <Picker
        {...common}
        label={defaultNames[`${side}AccountCode`]}
        name={`${side}AccountCode`}
        options={accountOptions(choices, side)}
        value={account}
        error={misfit.account}
        onChange={(code) => onChange(withAccount(held, side, code, choices))}
      />
      <Picker
        {...common}
        label={defaultNames[`${side}TaxType`]}
        name={`${side}TaxType`}
        options={taxOptions(choices, account)}
        value={taxType}
        error={misfit.tax}
        onChange={(chosen) => onChange({ ...held, [`${side}TaxType`]: chosen ?? undefined })}
      />
    </>
  );
}
