/** Details of refusals. The widget shows them beside the words of the error's code. */
export const viewRefusals = {
  noView: 'Settings have no view',
  noDealClaim: 'The claim deal is missing',
};
