/** `<ledgerside-widget>` in JSX of Preact. Save this file beside `embed.d.ts`. */
import type { HTMLAttributes } from 'preact';
import type { LedgersideAttributes, LedgersideEvents, LedgersideGetToken, LedgersideWidgetElement } from './embed.js';

/** Preact listens to custom events by `on` and their name: `onledgerside:ready={…}`. */
type Listeners = { [Name in keyof LedgersideEvents as `on${Name}`]?: (event: LedgersideEvents[Name]) => void };

declare module 'preact' {
  namespace JSX {
    interface IntrinsicElements {
      'ledgerside-widget': HTMLAttributes<LedgersideWidgetElement> &
        LedgersideAttributes &
        Listeners & { getToken?: LedgersideGetToken | undefined };
    }
  }
}
