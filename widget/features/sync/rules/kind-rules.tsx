import type { KindRule, OutRule } from '#shared/contract/sync/rules.ts';
import { titleOfKind } from '#shared/words/sync-kind-words.ts';
import { DirectionSwitch } from '../switch.tsx';
import { overviewWords, rulesWords } from '../words.ts';
import { ModeSelect } from './mode-select.tsx';
import type { RulesDraft } from './rules-draft.ts';

type Props = { kinds: readonly KindRule[]; draft: RulesDraft; onChange(draft: RulesDraft): void };

/** For each kind: whether it is sent, and when new records and changes go. */
export function KindRules({ kinds, draft, onChange }: Props) {
  return (
    <section className="pad" aria-labelledby="rules-kinds">
      <h2 id="rules-kinds">{rulesWords.kinds}</h2>
      <ul className="cards sync-kinds">
        {kinds.map(({ kind }) => {
          const out = draft.out.get(kind);
          if (!out) return null;
          const change = (next: OutRule) => onChange({ ...draft, out: new Map([...draft.out, [kind, next]]) });
          return <KindRuleCard key={kind} name={titleOfKind(kind, 'many')} out={out} onChange={change} />;
        })}
      </ul>
    </section>
  );
}

type CardProps = { name: string; out: OutRule; onChange(out: OutRule): void };

function KindRuleCard({ name, out, onChange }: CardProps) {
  return (
    <li className="card sync-kind">
      <div className="sync-kind-head">
        <h3 className="sync-name">{name}</h3>
        <DirectionSwitch
          label={overviewWords.sendKind(name)}
          text={overviewWords.toXero}
          isOn={out.on}
          onSwitch={(on) => onChange({ ...out, on })}
        />
      </div>
      {out.on && (
        <div className="fields">
          <ModeSelect
            label={rulesWords.newOnes(name)}
            mode={out.new}
            onMode={(mode) => onChange({ ...out, new: mode })}
          />
          <ModeSelect
            label={rulesWords.changesOf(name)}
            mode={out.changes}
            onMode={(mode) => onChange({ ...out, changes: mode })}
          />
        </div>
      )}
    </li>
  );
}
