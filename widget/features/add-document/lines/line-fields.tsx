import { documentKinds } from '#shared/document-kinds.ts';
import type { Decimal } from '#shared/money.ts';
import { taxSuitsAccount } from '#shared/tax-suits-account.ts';
import { useFrame } from '#widget/session/frame.ts';
import { IconButton } from '#widget/ui/button.tsx';
import { Field } from '#widget/ui/fields/field.tsx';
import { Picker } from '#widget/ui/fields/picker.tsx';
import { rateWords } from '#widget/ui/rate-words.ts';
import { uiWords } from '#widget/ui/words.ts';
import { type LineDraft, lineField } from '../draft/draft.ts';
import { accountsFor, startTaxType } from '../draft/sides.ts';
import type { DocumentFormState } from '../use-document-form.ts';
import { formWords } from '../words.ts';
import { LineDescription } from './line-description.tsx';

type Props = { form: DocumentFormState; line: LineDraft; place: number; amount: Decimal | undefined };

export function LineFields({ form, line, place, amount }: Props) {
  const { format } = useFrame();
  const { draft, typing, setLine, removeLine } = form;
  const typed = typedOf(form, line);
  const writePrice = () => {
    const price = typing.readPrice(line.unitAmount, draft.currency);
    if (price !== null) setLine(line, { unitAmount: typing.writePrice(price) });
  };
  return (
    // biome-ignore lint/a11y/useSemanticElements: not every browser lays out a fieldset as a grid
    <div className="add-document-line" role="group" aria-label={formWords.line(place)}>
      <LineDescription form={form} line={line} />
      <Field label={formWords.quantity} className="add-document-quantity" inputMode="decimal" {...typed('quantity')} />
      <Field
        label={formWords.price}
        className="add-document-price"
        inputMode="decimal"
        onBlur={writePrice}
        {...typed('unitAmount')}
      />
      {documentKinds[draft.kind].hasDiscounts && (
        <Field
          label={formWords.discount}
          className="add-document-discount"
          inputMode="decimal"
          {...typed('discount')}
        />
      )}
      <LinePickers form={form} line={line} />
      <div className="add-document-line-end">
        <span className="small">{formWords.amount}</span>
        <span className="amount">{amount === undefined ? '–' : format.amount(amount)}</span>
        <IconButton icon="close" label={formWords.removeLine(place)} onClick={() => removeLine(line)} />
      </div>
    </div>
  );
}

function typedOf({ errors, setLine }: DocumentFormState, line: LineDraft) {
  return (field: 'quantity' | 'unitAmount' | 'discount') => ({
    name: lineField(line, field),
    value: line[field],
    error: errors[lineField(line, field)],
    autoComplete: 'off',
    maxLength: 60,
    onChange: (event: { target: { value: string } }) => setLine(line, { [field]: event.target.value }),
  });
}

function LinePickers({ form, line }: Pick<Props, 'form' | 'line'>) {
  const { draft, choices, errors, setLine } = form;
  const account = choices.accounts.find(({ code }) => code === line.accountCode);
  const accounts = accountsFor(choices, draft.kind);
  const offered = !account || accounts.includes(account) ? accounts : [account, ...accounts];
  const rates = choices.taxRates.filter((rate) => taxSuitsAccount(rate, account) || rate.taxType === line.taxType);
  const common = { isRequired: false, empty: uiWords.noMatches };
  return (
    <>
      <Picker
        {...common}
        label={formWords.account}
        className="add-document-account"
        name={lineField(line, 'accountCode')}
        error={errors[lineField(line, 'accountCode')]}
        options={offered.map(({ code, name }) => ({ value: code, label: `${code} ${name}` }))}
        value={line.accountCode}
        onChange={(code) => setLine(line, { accountCode: code, taxType: startTaxType(choices, draft.kind, code) })}
      />
      {draft.lineAmountTypes !== 'none' && (
        <Picker
          {...common}
          label={formWords.tax}
          className="add-document-tax"
          name={lineField(line, 'taxType')}
          error={errors[lineField(line, 'taxType')]}
          options={rates.map(({ taxType, name, rate }) => ({ value: taxType, label: name, hint: rateWords(rate) }))}
          value={line.taxType}
          onChange={(taxType) => setLine(line, { taxType })}
        />
      )}
      {choices.tracking.map((category, index) => (
        <Picker
          {...common}
          key={category.id}
          label={category.name}
          className={`add-document-tracking add-document-tracking-${index}`}
          name={`${lineField(line, 'tracking')}.${index}`}
          error={index === 0 ? errors[lineField(line, 'tracking')] : undefined}
          options={category.options.map(({ id, name }) => ({ value: id, label: name }))}
          value={line.tracking[category.id] ?? null}
          onChange={(option) => setLine(line, { tracking: withOption(line.tracking, category.id, option) })}
        />
      ))}
    </>
  );
}

function withOption(tracking: LineDraft['tracking'], category: string, option: string | null): LineDraft['tracking'] {
  const { [category]: _, ...others } = tracking;
  return option === null ? others : { ...others, [category]: option };
}
