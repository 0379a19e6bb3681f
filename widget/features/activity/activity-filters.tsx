import type { ReactNode } from 'react';
import type { AuditList } from '#shared/contract/audit.ts';
import { auditActionGroups, auditActionWords } from '#shared/words/audit-words.ts';
import type { ActivityFilter } from './use-activity.ts';
import { activityWords } from './words.ts';

type Props = {
  filter: ActivityFilter;
  users: AuditList['users'];
  onChange(filter: ActivityFilter): void;
  children: ReactNode;
};

export function ActivityFilters({ filter, users, onChange, children }: Props) {
  return (
    <div className="activity-filters">
      <select
        className="input select"
        aria-label={activityWords.person}
        value={filter.userId}
        onChange={({ target }) => onChange({ ...filter, userId: target.value })}
      >
        <option value="">{activityWords.everybody}</option>
        {users.map(({ id, name }) => (
          <option key={id} value={id}>
            {name || id}
          </option>
        ))}
      </select>
      <select
        className="input select"
        aria-label={activityWords.action}
        value={filter.action}
        onChange={({ target }) => onChange({ ...filter, action: target.value })}
      >
        <option value="">{activityWords.everything}</option>
        {Object.entries(auditActionGroups).map(([label, actions]) => (
          <optgroup key={label} label={label}>
            {actions.map((action) => (
              <option key={action} value={action}>
                {auditActionWords[action][0]}
              </option>
            ))}
          </optgroup>
        ))}
      </select>
      {children}
    </div>
  );
}
