import { LedgersideWidget } from './widget-element.ts';

const tag = 'ledgerside-widget';
if (!customElements.get(tag)) customElements.define(tag, LedgersideWidget);
