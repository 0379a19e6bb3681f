import { startFollowing } from './follow.js';
import { startListSearch } from './list-search.js';
import { startListSelect } from './list-select.js';
import { startPanelWidth } from './panel-width.js';
import { startQuickView } from './quick-view.js';
import { startRecordSwap } from './record-swap.js';
import { startThemeSwitch } from './theme-switch.js';
import { watchMissingLoader, watchWidget } from './widget-events.js';

for (const widget of document.querySelectorAll('ledgerside-widget')) watchWidget(widget);
watchMissingLoader();
startThemeSwitch();
startPanelWidth();
startRecordSwap();
startListSearch();
startListSelect();
startFollowing();
startQuickView();
