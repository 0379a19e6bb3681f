import { checkStates } from '#test/support/page/check-states.ts';
import { screenStates } from '#test/support/page/states.ts';

checkStates(screenStates);
