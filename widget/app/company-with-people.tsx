import type { ComponentProps } from 'react';
import { CompanyFigures } from '#widget/features/company/company-figures.tsx';
import { UnlinkedPeople } from '#widget/features/link/unlinked-people.tsx';
import { can } from '#widget/lib/use-opened.ts';

type Props = Omit<ComponentProps<typeof CompanyFigures>, 'renderUnlinked'> & {
  onView: ComponentProps<typeof UnlinkedPeople>['onView'];
};

/** A company's figures, and the way to link those of its people who are not; two features that know nothing of each other. */
export function CompanyWithPeople({ onView, ...props }: Props) {
  return (
    <CompanyFigures
      {...props}
      renderUnlinked={(title, records) =>
        can(props.opened, 'link') && <UnlinkedPeople title={title} records={records} onView={onView} />
      }
    />
  );
}
