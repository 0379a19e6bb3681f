import { Field } from '#widget/ui/fields/field.tsx';
import { addressFields, type ContactDraft, type DraftField } from './contact-draft.ts';
import { addWords } from './words.ts';

export type ContactErrors = Partial<Record<DraftField, string>>;

type Props = { draft: ContactDraft; errors: ContactErrors; onChange(draft: ContactDraft): void };

/**
 * Lengths are Xero's (source: Xero's OpenAPI file). Autofill is off, because it would fill in the user's own address.
 */
export function ContactFields({ draft, errors, onChange }: Props) {
  const of = (field: DraftField) => ({
    value: draft[field],
    error: errors[field],
    autoComplete: 'off',
    onChange: (event: { target: { value: string } }) => onChange({ ...draft, [field]: event.target.value }),
  });
  const hasAddress = addressFields.some((field) => draft[`address.${field}`] !== '' || errors[`address.${field}`]);
  return (
    <div className="fields">
      <Field label={addWords.name} className="wide" required maxLength={255} {...of('name')} />
      <Field label={addWords.firstName} maxLength={255} {...of('firstName')} />
      <Field label={addWords.lastName} maxLength={255} {...of('lastName')} />
      <Field label={addWords.email} type="email" maxLength={255} {...of('email')} />
      <Field label={addWords.phone} type="tel" maxLength={50} {...of('phone')} />
      <details className="wide more" open={hasAddress || undefined}>
        <summary>{addWords.address}</summary>
        <div className="fields">
          <Field label={addWords.line1} className="wide" maxLength={500} {...of('address.line1')} />
          <Field label={addWords.line2} className="wide" maxLength={500} {...of('address.line2')} />
          <Field label={addWords.city} maxLength={255} {...of('address.city')} />
          <Field label={addWords.region} maxLength={255} {...of('address.region')} />
          <Field label={addWords.postalCode} maxLength={50} {...of('address.postalCode')} />
          <Field label={addWords.country} maxLength={50} {...of('address.country')} />
        </div>
      </details>
    </div>
  );
}
