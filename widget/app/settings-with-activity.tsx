import { ActivitySection } from '#widget/features/activity/activity-section.tsx';
import { SettingsScreen } from '#widget/features/settings/settings-screen.tsx';

/** Settings, and under them who did what. */
export function SettingsWithActivity() {
  return <SettingsScreen activity={<ActivitySection />} />;
}
