import { checkStates } from '#test/support/page/check-states.ts';
import { viewStates } from '#test/support/page/view-states.ts';

checkStates(viewStates);
