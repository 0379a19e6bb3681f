import { type KeyboardEvent, useRef, useState } from 'react';
import { Labelled } from './field.tsx';
import { filterOptions, type Option, OptionList, toCombobox, useOptionList } from './option-list.tsx';

type Props = {
  label: string;
  /** The field's path. Errors find the field by it. */
  name: string;
  options: readonly Option[];
  value: string | null;
  onChange(value: string | null): void;
  empty: string;
  error?: string;
  placeholder?: string;
  /** An option must be chosen. */
  isRequired?: boolean;
  className?: string;
};

/** Chooses from a list by typing. Text that matches nothing is cleared when the box loses the focus. */
export function Picker(props: Props) {
  const { label, name, options, value, onChange, empty, error, placeholder, isRequired, className = '' } = props;
  const input = useRef<HTMLInputElement>(null);
  const [text, setText] = useState<string | null>(null);
  const shown = text === null ? options : filterOptions(options, text);
  const list = useOptionList(shown.length, (index) => pick(shown[index]));
  const chosen = options.find((option) => option.value === value);

  function pick(option: Option | undefined) {
    if (option) onChange(option.value);
    setText(null);
    list.close();
  }

  function leave() {
    const typed = text?.trim().toLowerCase();
    if (typed === '' && !isRequired) onChange(null);
    const exact = shown.find((option) => [option.value, option.label].some((words) => words.toLowerCase() === typed));
    pick(typed ? (exact ?? (shown.length === 1 ? shown[0] : undefined)) : undefined);
  }

  function onKeyDown(event: KeyboardEvent) {
    if (event.key === 'Escape' && list.isOpen) setText(null);
    if (event.key === 'Tab' && text && list.isOpen) return pick(shown[list.at]);
    if (!list.onKey(event) && event.key === 'Enter' && text !== null) event.preventDefault();
  }

  const openAll = () => list.isOpen || list.open(options.findIndex((option) => option.value === value));
  return (
    <Labelled label={label} error={error} className={className}>
      {(wiring) => (
        <>
          <input
            {...wiring}
            {...toCombobox(wiring.id, list)}
            ref={input}
            name={name}
            className="input pick"
            autoCapitalize="none"
            spellCheck={false}
            placeholder={placeholder}
            value={text ?? chosen?.label ?? ''}
            title={chosen?.label}
            onFocus={(event) => event.target.select()}
            onClick={openAll}
            onBlur={leave}
            onChange={(event) => {
              setText(event.target.value);
              list.open(event.target.value.trim() === '' ? -1 : 0);
            }}
            onKeyDown={onKeyDown}
          />
          {list.isOpen && (
            <OptionList
              id={`${wiring.id}-list`}
              label={label}
              options={shown}
              at={list.at}
              onPick={(index) => pick(shown[index])}
              empty={empty}
              input={input}
            />
          )}
        </>
      )}
    </Labelled>
  );
}
