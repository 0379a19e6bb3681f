/** `<ledgerside-widget>` in templates of Vue 3. Save this file beside `embed.d.ts`. */
import type { DefineComponent } from 'vue';
import type { LedgersideAttributes, LedgersideEvents, LedgersideGetToken } from './embed.js';

/** `@ledgerside:ready="…"`. */
type Listeners = {
  [Name in keyof LedgersideEvents as `on${Capitalize<Name>}`]?: (event: LedgersideEvents[Name]) => void;
};

declare module 'vue' {
  interface GlobalComponents {
    'ledgerside-widget': DefineComponent<
      LedgersideAttributes & Listeners & { getToken?: LedgersideGetToken | undefined }
    >;
  }
}
