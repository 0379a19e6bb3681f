import { useEffect, useRef } from 'react';
import type { Mapping } from '#shared/contract/sync/mapping.ts';
import { Field } from '#widget/ui/fields/field.tsx';
import type { Option } from '#widget/ui/fields/option-list.tsx';
import { Picker } from '#widget/ui/fields/picker.tsx';
import { uiWords } from '#widget/ui/words.ts';
import { defaultWords, mappingWords } from '../words.ts';
import { type Choosing, type Draft, type FaultAt, findValue } from './mapping-draft.ts';
import { listOptions } from './mapping-lines.ts';

type Common = { mapping: Mapping; draft: Draft; faultAt: FaultAt; onChoose(choosing: Choosing): void };
type Props = Common & {
  /** The default that was asked for: it takes the focus. */
  target: string | null;
};

type Name = 'expenseAccountCode' | 'salesAccountCode' | 'paymentAccountId';

/** What is used where the record itself names nothing. */
export function DefaultChoices({ target, ...common }: Props) {
  const section = useRef<HTMLElement>(null);
  useEffect(() => {
    if (target !== null) section.current?.querySelector<HTMLElement>(`[name="${CSS.escape(target)}"]`)?.focus();
  }, [target]);
  const { choices } = common.mapping;
  const ofSide = (side: 'isSales' | 'isPurchases') =>
    listOptions({ ...choices, accounts: choices.accounts.filter((account) => account[side]) }, 'categories');
  return (
    <section ref={section} className="pad" aria-labelledby="mapping-defaults">
      <h2 id="mapping-defaults">{mappingWords.defaults}</h2>
      <div className="fields">
        <SupplierField {...common} />
        <DefaultPicker {...common} name="expenseAccountCode" options={ofSide('isPurchases')} />
        <DefaultPicker {...common} name="salesAccountCode" options={ofSide('isSales')} />
        <DefaultPicker {...common} name="paymentAccountId" options={listOptions(choices, 'paymentMethods')} />
      </div>
    </section>
  );
}

function DefaultPicker({
  mapping,
  draft,
  faultAt,
  onChoose,
  name,
  options,
}: Common & { name: Name; options: Option[] }) {
  const saved = mapping.defaults[name];
  const place = `defaults/${name}`;
  const value = findValue(draft, place, saved);
  const isGone = value !== null && !options.some((option) => option.value === value);
  return (
    <Picker
      label={defaultWords[name]}
      name={name}
      options={options}
      value={value}
      error={isGone ? mappingWords.gone(value) : faultAt(place)}
      empty={uiWords.noMatches}
      placeholder={mappingWords.none}
      onChange={(chosen) => onChoose({ place, saved, value: chosen, change: { defaults: { [name]: chosen } } })}
    />
  );
}

/** Emptied, it is “Expenses” again. */
function SupplierField({ mapping, draft, onChoose }: Common) {
  const saved = mapping.defaults.expenseSupplierName;
  const place = 'defaults/expenseSupplierName';
  const type = (value: string) => {
    const expenseSupplierName = value.trim() === '' ? null : value.trim();
    onChoose({ place, saved, value, change: { defaults: { expenseSupplierName } } });
  };
  return (
    <Field
      label={defaultWords.expenseSupplierName}
      name="expenseSupplierName"
      maxLength={500}
      value={findValue(draft, place, saved) ?? ''}
      onChange={(event) => type(event.target.value)}
    />
  );
}
