import { HeaderBones, Section, Skeleton } from './skeleton.tsx';

/** As tall as the settings. The overview of sync has it too. */
export function SettingsSkeleton() {
  return (
    <Skeleton>
      <HeaderBones />
      <div className="pad">
        <Section rows={4} />
        <Section rows={6} />
        <Section rows={6} />
        <Section rows={2} />
      </div>
      <div className="footer">
        <p className="bones" />
      </div>
    </Skeleton>
  );
}
