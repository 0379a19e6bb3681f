import { HeaderBones, Section, Skeleton } from './skeleton.tsx';

/** For the settings and the overview of sync. It is loaded with them. */
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
