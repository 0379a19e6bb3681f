import { useState } from 'react';
import type { RecordList } from '#shared/contract/sync/records.ts';
import { useFrame } from '#widget/session/frame.ts';
import { Button } from '#widget/ui/button.tsx';
import { Confirm } from '#widget/ui/confirm.tsx';
import { ActError } from '#widget/ui/failures/act-error.tsx';
import { actWords } from '#widget/ui/records/record-words.ts';
import type { InboxFilter } from '../place.ts';
import { useBulk } from '../use-bulk.ts';
import { inboxWords, syncWords } from '../words.ts';
import { type CommonChoice, listCommonChoices } from './common-choices.ts';
import { isSelectable, keyOf, listBulkActions, type Selection, statesOf, toPlans, toRequests } from './selection.ts';

type Props = {
  list: RecordList;
  filter: InboxFilter;
  selection: Selection;
  onSelect(selection: Selection): void;
  onStarted(runIds: readonly string[], isPlan: boolean): void;
};

/** What is chosen, and how many records that is. */
type About = readonly [Selection, InboxFilter, number];

/** What is asked before many records are left out or answered alike. `about`: a question about another choice is over. */
type Asked = {
  about: About;
  title: string;
  text: string;
  confirm: string;
  act: { action: 'exclude' | 'answer'; choice?: string };
};

/** Chooses many records, and acts on all that are chosen. */
export function BulkBar({ list, filter, selection, onSelect, onStarted }: Props) {
  const { format } = useFrame();
  const [lastAsked, setAsked] = useState<Asked | null>(null);
  const { start, isStarting, failure } = useBulk(onStarted);
  const count = selection === 'all' ? list.total : selection.size;
  const about = [selection, filter, count] as const;
  const asked = lastAsked && isSame(lastAsked.about, about) ? lastAsked : null;
  const shownCount = format.count(count);
  const begin = (act: Parameters<typeof toRequests>[2]) => start({ acts: toRequests(selection, filter, act) });
  const plans = count > 0 ? toPlans(selection, filter) : [];
  const choices = selection === 'all' ? listOfAll(list, filter) : listCommonChoices([...selection.values()]);
  const ask = ({ id, label, effect }: CommonChoice) =>
    setAsked({
      ...{ title: inboxWords.answerTitle(label, shownCount), text: effect, confirm: label },
      about,
      act: { action: 'answer', choice: id },
    });
  const askOut = () =>
    setAsked({
      ...{ title: inboxWords.outTitle(shownCount), text: inboxWords.outText, confirm: actWords.exclude },
      about,
      act: { action: 'exclude' },
    });
  return (
    <div className="sync-bulk">
      <SelectAll {...{ list, selection, onSelect }} />
      {count > 0 && !asked && (
        <div className="row">
          {listBulkActions(statesOf(selection, filter)).map((action) => (
            <Button
              key={action}
              isBusy={isStarting}
              onClick={() => (action === 'exclude' ? askOut() : begin({ action }))}
            >
              {actWords[action]}
            </Button>
          ))}
          {plans.length > 0 && (
            <Button variant="text" isBusy={isStarting} onClick={() => start({ plans })}>
              {inboxWords.dryRun}
            </Button>
          )}
          {choices.length > 0 && <span className="small">{inboxWords.answerAll}</span>}
          {choices.map((choice) => (
            <Button key={choice.id} isBusy={isStarting} onClick={() => ask(choice)}>
              {choice.label}
            </Button>
          ))}
        </div>
      )}
      {asked && (
        <Confirm
          title={asked.title}
          confirmLabel={asked.confirm}
          isBusy={isStarting}
          onConfirm={() => begin(asked.act)}
          onCancel={() => setAsked(null)}
        >
          {asked.text}
        </Confirm>
      )}
      {failure && <ActError title={syncWords.actFailed} failure={failure} />}
    </div>
  );
}

function isSame(one: About, other: About): boolean {
  return one.every((part, at) => part === other[at]);
}

/** All that the filter finds are the same question where it names one, as the records on this page are. */
function listOfAll({ records }: RecordList, { code }: InboxFilter): CommonChoice[] {
  return code === '' ? [] : listCommonChoices(records.filter(isSelectable));
}

function SelectAll({ list, selection, onSelect }: Pick<Props, 'list' | 'selection' | 'onSelect'>) {
  const { format } = useFrame();
  const here = list.records.filter(isSelectable);
  const isPage = selection !== 'all' && here.length > 0 && here.every((record) => selection.has(keyOf(record)));
  const count = selection === 'all' ? list.total : selection.size;
  const choosePage = (isChosen: boolean) => {
    const chosen = new Map(selection === 'all' ? [] : selection);
    for (const record of here) {
      if (isChosen) chosen.set(keyOf(record), record);
      else chosen.delete(keyOf(record));
    }
    onSelect(chosen);
  };
  return (
    <div className="sync-select">
      <label className="check">
        <input
          type="checkbox"
          checked={selection === 'all' || isPage}
          onChange={({ target }) => choosePage(target.checked)}
        />
        {inboxWords.selectPage}
      </label>
      <span className="small" role="status">
        {count > 0 && inboxWords.selected(format.count(count))}
      </span>
      {isPage && list.total > here.length && (
        <Button variant="text" onClick={() => onSelect('all')}>
          {inboxWords.selectAll(format.count(list.total))}
        </Button>
      )}
      {count > 0 && (
        <Button variant="text" onClick={() => onSelect(new Map())}>
          {inboxWords.clearSelection}
        </Button>
      )}
    </div>
  );
}
