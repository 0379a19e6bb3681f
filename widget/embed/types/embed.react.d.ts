/** `<ledgerside-widget>` in JSX of React 19. Save this file beside `embed.d.ts`. */
import type { DetailedHTMLProps, HTMLAttributes } from 'react';
import type { LedgersideAttributes, LedgersideEvents, LedgersideGetToken, LedgersideWidgetElement } from './embed.js';

/** React listens to custom events by `on` and their name: `onledgerside:ready={…}`. */
type Listeners = { [Name in keyof LedgersideEvents as `on${Name}`]?: (event: LedgersideEvents[Name]) => void };

declare module 'react' {
  namespace JSX {
    interface IntrinsicElements {
      'ledgerside-widget': DetailedHTMLProps<HTMLAttributes<LedgersideWidgetElement>, LedgersideWidgetElement> &
        LedgersideAttributes &
        Listeners & { getToken?: LedgersideGetToken | undefined };
    }
  }
}
