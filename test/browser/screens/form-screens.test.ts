import { checkStates } from '#test/support/page/check-states.ts';
import { formStates } from '#test/support/page/form-states.ts';

checkStates(formStates);
