import type { BackRule, Rules } from '#shared/contract/sync/rules.ts';
import { Button } from '#widget/ui/button.tsx';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import type { Go } from '../place.ts';
import { DirectionSwitch } from '../switch.tsx';
import { rulesWords, syncWords } from '../words.ts';
import { ModeSelect } from './mode-select.tsx';
import type { RulesDraft } from './rules-draft.ts';
import { useBring } from './use-bring.ts';
import { billWords } from './words.ts';

type Props = { rules: Rules; draft: RulesDraft; onChange(draft: RulesDraft): void; go: Go };

/** Which bills come from Xero as expenses, and when. What would come is shown before it is turned on. */
export function BillRules({ rules, draft, onChange, go }: Props) {
  const { bills } = draft;
  if (!bills) return null;
  const change = (next: Partial<BackRule>) => onChange({ ...draft, bills: { ...bills, ...next } });
  return (
    <section className="pad" aria-labelledby="rules-bills">
      <h2 id="rules-bills">{billWords.title}</h2>
      <div className="card sync-kind">
        <div className="sync-kind-head">
          <h3 className="sync-name">{billWords.bills}</h3>
          <DirectionSwitch
            label={billWords.bring}
            text={billWords.fromXero}
            isOn={bills.on}
            onSwitch={(on) => change({ on })}
          />
        </div>
        {bills.on && <BillChoices bills={bills} onChange={change} />}
        <BringButtons rules={rules} go={go} />
      </div>
    </section>
  );
}

function BillChoices({ bills, onChange }: { bills: BackRule; onChange(change: Partial<BackRule>): void }) {
  return (
    <>
      <div className="fields">
        <ModeSelect
          label={rulesWords.newOnes(billWords.bills)}
          mode={bills.when}
          onMode={(when) => onChange({ when })}
        />
      </div>
      {(['onlyApproved', 'onlyUnpaid'] as const).map((name) => (
        <label key={name} className="check">
          <input
            type="checkbox"
            checked={bills[name] ?? false}
            onChange={({ target }) => onChange({ [name]: target.checked })}
          />
          {billWords[name]}
        </label>
      ))}
      <p className="small">{billWords.hint}</p>
    </>
  );
}

/** Both go by the rules that are saved. What they find is under Runs. */
function BringButtons({ rules, go }: Pick<Props, 'rules' | 'go'>) {
  const { bring, isStarting, failure } = useBring(() => go({ tab: 'runs' }));
  const isOn = rules.enabled && rules.kinds.some(({ kind, back }) => kind === 'bills' && back?.on);
  const since = rules.since === null ? {} : { since: rules.since };
  return (
    <>
      <div className="row">
        <Button isBusy={isStarting} onClick={() => bring({ ...since, dryRun: true })}>
          {billWords.dryRun}
        </Button>
        {isOn && (
          <Button isBusy={isStarting} onClick={() => bring({})}>
            {billWords.now}
          </Button>
        )}
      </div>
      {failure && <ActError title={syncWords.actFailed} failure={failure} />}
    </>
  );
}
