import { type KeyboardEvent, useId, useRef, useState } from 'react';
import { filterOptions, type Option, OptionList, useOptionList } from './option-list.tsx';

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
  const id = useId();
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
    <div className={`field ${className}`}>
      <label htmlFor={id}>{label}</label>
      <input
        ref={input}
        id={id}
        name={name}
        className="input pick"
        type="text"
        role="combobox"
        autoComplete="off"
        autoCapitalize="none"
        spellCheck={false}
        placeholder={placeholder}
        value={text ?? chosen?.label ?? ''}
        title={chosen?.label}
        aria-autocomplete="list"
        aria-expanded={list.isOpen}
        aria-controls={list.isOpen ? `${id}-list` : undefined}
        aria-activedescendant={list.isOpen && list.at >= 0 ? `${id}-list-${list.at}` : undefined}
        aria-invalid={error !== undefined || undefined}
        aria-describedby={error === undefined ? undefined : `${id}-error`}
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
          id={`${id}-list`}
          label={label}
          options={shown}
          at={list.at}
          onPick={(index) => pick(shown[index])}
          empty={empty}
          input={input}
        />
      )}
      {error !== undefined && (
        <p className="field-error" id={`${id}-error`}>
          {error}
        </p>
      )}
    </div>
  );
}
