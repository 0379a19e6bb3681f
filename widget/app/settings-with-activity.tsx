import { ActivitySection } from '#widget/features/activity/activity-section.tsx';
import { SettingsScreen } from '#widget/features/settings/settings-screen.tsx';

/** The settings, and the audit below them. */
export function SettingsWithActivity() {
  return <SettingsScreen activity={<ActivitySection />} />;
}
