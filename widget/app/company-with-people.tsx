import type { ComponentProps } from 'react';
import type { CompanyView } from '#shared/contract/view.ts';
import { CompanyFigures } from '#widget/features/company/company-figures.tsx';
import { UnlinkedPeople } from '#widget/features/link/unlinked-people.tsx';
import { can } from '#widget/session/use-opened.ts';
import { useAdding } from './use-adding.tsx';

type Props = Pick<ComponentProps<typeof CompanyFigures>, 'opened' | 'view' | 'state'> & {
  onView: ComponentProps<typeof UnlinkedPeople>['onView'];
};

/** A company's figures, links of its people, and forms. It puts together features that do not know each other. */
export function CompanyWithPeople({ onView, ...props }: Props) {
  const { opened, view, state } = props;
  const { entries, form, notes } = useAdding({
    opened,
    contact: findContact(view),
    unfinished: view.unfinished,
    state,
  });
  return (
    form ?? (
      <CompanyFigures
        {...props}
        onView={onView}
        addEntries={entries}
        notes={notes}
        renderUnlinked={(title, records) =>
          can(opened, 'link') && (
            <UnlinkedPeople title={title} records={records} company={opened.record.name ?? undefined} onView={onView} />
          )
        }
      />
    )
  );
}

/** The company's own contact, or else its only one. With several, documents are added on a contact's page. */
function findContact({ members }: CompanyView) {
  const own = members.find(({ records }) => records.some(({ type }) => type === 'company'));
  return (own ?? (members.length === 1 ? members[0] : undefined))?.contact ?? null;
}
