/** Details of refusals. The widget shows them beside the words of the error's code. */
export const viewRefusals = {
  noView: 'This session has no view',
  noDealClaim: 'The claim deal is missing',
};
