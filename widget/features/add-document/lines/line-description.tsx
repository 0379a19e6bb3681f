import { useRef } from 'react';
import { documentKinds } from '#shared/document-kinds.ts';
import { IconButton } from '#widget/ui/button.tsx';
import { Labelled, TextField } from '#widget/ui/fields/field.tsx';
import { filterOptions, OptionList, toCombobox, useOptionList } from '#widget/ui/fields/option-list.tsx';
import { type LineDraft, lineField } from '../draft/draft.ts';
import { withItem } from '../draft/start-draft.ts';
import type { DocumentFormState } from '../use-document-form.ts';
import { formWords } from '../words.ts';

type Props = { form: DocumentFormState; line: LineDraft };

/** Typed text finds items, or becomes the description. An item's description may have several lines. */
export function LineDescription({ form, line }: Props) {
  const { errors, setLine } = form;
  const name = lineField(line, 'description');
  const error = errors[name] ?? errors[lineField(line, 'itemCode')];
  const isText = line.itemCode !== null || line.description.includes('\n');
  if (!isText) return <ItemSearch form={form} line={line} error={error} />;
  return (
    <div className="add-document-description add-document-with-item">
      <TextField
        label={formWords.description}
        name={name}
        maxLength={4000}
        value={line.description}
        error={error}
        onChange={(event) => setLine(line, { description: event.target.value })}
      />
      {line.itemCode !== null && (
        <span className="tag add-document-item">
          <span className="clip">{formWords.itemTag(line.itemCode)}</span>
          <IconButton
            icon="close"
            label={formWords.dropItem(line.itemCode)}
            onClick={() => setLine(line, { itemCode: null })}
          />
        </span>
      )}
    </div>
  );
}

function ItemSearch({ form, line, error }: Props & { error: string | undefined }) {
  const { draft, choices, typing, setLine } = form;
  const input = useRef<HTMLInputElement>(null);
  const name = lineField(line, 'description');
  const items = choices.items.filter((item) => item[documentKinds[draft.kind].side] !== null);
  const options = items.map(({ code, name: label }) => ({ value: code, label, hint: code }));
  const shown = filterOptions(options, line.description);
  const list = useOptionList(shown.length, pick);
  const isOpen = list.isOpen && shown.length > 0;

  function pick(index: number) {
    const item = items.find(({ code }) => code === shown[index]?.value);
    if (!item) return;
    list.close();
    const group = input.current?.closest('[role=group]');
    setLine(line, withItem(line, item, draft.kind, choices, typing));
    group?.querySelector<HTMLInputElement>('[name$=".quantity"]')?.select();
  }

  return (
    <Labelled
      label={items.length > 0 ? formWords.item : formWords.description}
      error={error}
      className="add-document-description"
    >
      {(wiring) => (
        <>
          <input
            {...wiring}
            {...toCombobox(wiring.id, { isOpen, at: list.at })}
            ref={input}
            name={name}
            className="input"
            maxLength={4000}
            value={line.description}
            onClick={() => list.open()}
            onBlur={list.close}
            onChange={(event) => {
              setLine(line, { description: event.target.value });
              list.open();
            }}
            onKeyDown={(event) => list.onKey(event)}
          />
          {isOpen && (
            <OptionList
              id={`${wiring.id}-list`}
              label={formWords.item}
              options={shown}
              at={list.at}
              onPick={pick}
              input={input}
            />
          )}
        </>
      )}
    </Labelled>
  );
}
