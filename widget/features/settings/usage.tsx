import type { Settings } from '#shared/contract/settings.ts';
import { useFrame } from '#widget/session/frame.ts';
import { settingsWords } from './words.ts';

export function Usage({ usage: { callsToday, dailyCalls } }: Pick<Settings, 'usage'>) {
  const { format } = useFrame();
  const share = dailyCalls > 0 ? Math.min(1, callsToday / dailyCalls) : 0;
  return (
    <section className="pad usage">
      <h2>{settingsWords.usage}</h2>
      <div className="stage-words">
        <span>{settingsWords.calls}</span>
        <span>{settingsWords.callsOf(format.count(callsToday), format.count(dailyCalls))}</span>
      </div>
      <div className="stage-bar" aria-hidden="true">
        <i className={share > 0.9 ? 'stage-full' : 'stage-invoiced'} style={{ width: `${share * 100}%` }} />
      </div>
    </section>
  );
}
