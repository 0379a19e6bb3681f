import type { TrackingCategory, TrackingOption } from '../../records/organisation.ts';

export function categoryToWire(category: TrackingCategory, includesArchived: boolean) {
  const shown = category.Options.filter(({ Status }) => Status === 'ACTIVE' || includesArchived);
  return {
    Name: category.Name,
    Status: category.Status,
    TrackingCategoryID: category.TrackingCategoryID,
    Options: shown.map((option) => optionToWire(option)),
  };
}

export function optionToWire({ TrackingOptionID, Name, Status }: TrackingOption, isDeleted = false) {
  return {
    TrackingOptionID,
    Name,
    Status: isDeleted ? 'DELETED' : Status,
    HasValidationErrors: false,
    IsDeleted: isDeleted,
    IsArchived: !isDeleted && Status === 'ARCHIVED',
    IsActive: !isDeleted && Status === 'ACTIVE',
  };
}
