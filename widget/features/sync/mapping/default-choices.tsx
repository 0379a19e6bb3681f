import { useEffect, useRef, useState } from 'react';
import type { Mapping, MappingChange } from '#shared/contract/sync/mapping.ts';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { Field } from '#widget/ui/fields/field.tsx';
import type { Option } from '#widget/ui/fields/option-list.tsx';
import { Picker } from '#widget/ui/fields/picker.tsx';
import { uiWords } from '#widget/ui/words.ts';
import { defaultWords, mappingWords, syncWords } from '../words.ts';
import { listOptions } from './mapping-lines.ts';
import { useSaveMapping } from './use-mapping.ts';

type Props = {
  mapping: Mapping;
  /** The default that was asked for: it takes the focus. */
  target: string | null;
};

type Name = 'expenseAccountCode' | 'salesAccountCode' | 'paymentAccountId';
type Save = (change: MappingChange) => void;

/** What is used where the record itself names nothing. */
export function DefaultChoices({ mapping, target }: Props) {
  const { save, isSaving, failure } = useSaveMapping();
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (target !== null) section.current?.querySelector<HTMLElement>(`[name="${CSS.escape(target)}"]`)?.focus();
  }, [target]);
  const { accounts } = mapping.choices;
  const ofSide = (side: 'isSales' | 'isPurchases') =>
    listOptions({ ...mapping.choices, accounts: accounts.filter((account) => account[side]) }, 'categories');
  return (
    <section ref={section} className="pad" aria-labelledby="mapping-defaults" aria-busy={isSaving || undefined}>
      <h2 id="mapping-defaults">{mappingWords.defaults}</h2>
      <div className="fields">
        <SupplierField name={mapping.defaults.expenseSupplierName} save={save} />
        <DefaultPicker {...{ mapping, save }} name="expenseAccountCode" options={ofSide('isPurchases')} />
        <DefaultPicker {...{ mapping, save }} name="salesAccountCode" options={ofSide('isSales')} />
        <DefaultPicker
          {...{ mapping, save }}
          name="paymentAccountId"
          options={listOptions(mapping.choices, 'paymentMethods')}
        />
      </div>
      {failure && <ActError title={syncWords.saveFailed} failure={failure} />}
    </section>
  );
}

type PickerProps = { mapping: Mapping; name: Name; options: readonly Option[]; save: Save };

function DefaultPicker({ mapping: { defaults }, name, options, save }: PickerProps) {
  const value = defaults[name];
  const isGone = value !== null && !options.some((option) => option.value === value);
  return (
    <Picker
      label={defaultWords[name]}
      name={name}
      options={options}
      value={value}
      error={isGone ? mappingWords.gone(value) : undefined}
      empty={uiWords.noMatches}
      placeholder={mappingWords.none}
      onChange={(chosen) => chosen !== value && save({ defaults: { [name]: chosen } })}
    />
  );
}

/** Saved when the field is left. Emptied, it is “Expenses” again. */
function SupplierField({ name, save }: { name: string; save: Save }) {
  const [text, setText] = useState(name);
  useEffect(() => setText(name), [name]);
  const leave = () => {
    const typed = text.trim();
    if (typed !== name) save({ defaults: { expenseSupplierName: typed === '' ? null : typed } });
  };
  return (
    <Field
      label={defaultWords.expenseSupplierName}
      name="expenseSupplierName"
      maxLength={500}
      value={text}
      onChange={(event) => setText(event.target.value)}
      onBlur={leave}
    />
  );
}
