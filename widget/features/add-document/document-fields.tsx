import type { LineAmountTypes } from '#shared/contract/document.ts';
import { kindWords } from '#widget/ui/documents/kind-words.ts';
import { DateField } from '#widget/ui/fields/date-field.tsx';
import { Field, TextField } from '#widget/ui/fields/field.tsx';
import { Picker } from '#widget/ui/fields/picker.tsx';
import { uiWords } from '#widget/ui/words.ts';
import type { DocumentFormState } from './use-document-form.ts';
import { formWords } from './words.ts';

type Props = { form: DocumentFormState };
type TextFieldName = 'title' | 'reference' | 'number' | 'summary' | 'terms';

/** Lengths are Xero's (source: "Quotes" and "Invoices" in Xero's developer documentation). Autofill is off. */
const maxLengths = { title: 100, reference: 255, number: 255, summary: 3000, terms: 4000 };

/** The fields above the lines. */
export function DocumentFields({ form }: Props) {
  const { draft, errors, choices, typing, set, setDate } = form;
  const { kind, currency } = draft;
  const text = textOf(form);
  return (
    <div className="fields add-document-head">
      <DateField
        label={formWords.date}
        name="date"
        dates={typing}
        value={draft.date}
        error={errors.date}
        onValue={setDate}
      />
      <DateField
        label={kindWords[kind].lastDate}
        name="dueDate"
        dates={typing}
        value={draft.dueDate}
        error={errors.dueDate}
        onValue={(dueDate) => set({ dueDate, isDueDateTyped: true })}
      />
      {kind === 'quote' && <Field label={formWords.title} className="add-document-roomy" {...text('title')} />}
      {kind === 'invoice' && (
        <Field label={formWords.reference} className="add-document-roomy" {...text('reference')} />
      )}
      {kind === 'bill' && <Field label={formWords.number} className="add-document-roomy" {...text('number')} />}
      <AmountTypes form={form} />
      {(choices.currencies.length > 1 || errors.currency) && (
        <Picker
          label={formWords.currency}
          name="currency"
          options={choices.currencies.map(({ code, name }) => ({ value: code, label: code, hint: name }))}
          value={currency}
          isRequired
          error={errors.currency}
          empty={uiWords.noMatches}
          onChange={(code) => code && set({ currency: code })}
        />
      )}
    </div>
  );
}

function AmountTypes({ form: { draft, set } }: Props) {
  return (
    <div className="field">
      <label htmlFor="line-amount-types">{formWords.amountsAre}</label>
      <select
        id="line-amount-types"
        className="input pick"
        value={draft.lineAmountTypes}
        onChange={(event) => set({ lineAmountTypes: toAmountTypes(event.target.value) })}
      >
        {amountTypes.map((types) => (
          <option key={types} value={types}>
            {formWords.amountTypes[types]}
          </option>
        ))}
      </select>
    </div>
  );
}

const amountTypes = ['exclusive', 'inclusive', 'none'] as const;

function toAmountTypes(value: string): LineAmountTypes {
  return amountTypes.find((types) => types === value) ?? 'exclusive';
}

/** Fields that few documents need, folded away. A bill has none of them. */
export function MoreFields({ form }: Props) {
  const { draft, errors, choices, set } = form;
  const { kind, brandingThemeId } = draft;
  const themes = choices.brandingThemes.map(({ id, name }) => ({ value: id, label: name }));
  const text = textOf(form);
  if (kind === 'bill' || (kind === 'invoice' && themes.length === 0)) return null;
  const isWrong = ['reference', 'summary', 'terms', 'brandingThemeId'].some((field) => errors[field]);
  const isFilled = Boolean(brandingThemeId || draft.summary || draft.terms || (kind === 'quote' && draft.reference));
  return (
    <details className="more" open={isWrong || isFilled || undefined}>
      <summary>{formWords.more}</summary>
      <div className="fields">
        {kind === 'quote' && (
          <>
            <Field label={formWords.reference} {...text('reference')} />
            <TextField label={formWords.summary} className="wide" {...text('summary')} />
            <TextField label={formWords.terms} className="wide" {...text('terms')} />
          </>
        )}
        {themes.length > 0 && (
          <Picker
            label={formWords.branding}
            name="brandingThemeId"
            options={themes}
            value={brandingThemeId}
            error={errors.brandingThemeId}
            empty={uiWords.noMatches}
            onChange={(id) => set({ brandingThemeId: id })}
          />
        )}
      </div>
    </details>
  );
}

function textOf({ draft, errors, set }: DocumentFormState) {
  return (name: TextFieldName) => ({
    name,
    value: draft[name],
    error: errors[name],
    autoComplete: 'off',
    maxLength: maxLengths[name],
    onChange: (event: { target: { value: string } }) => set({ [name]: event.target.value }),
  });
}
