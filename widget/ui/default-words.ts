/** The names of the settings' defaults for new documents. */
export const defaultNames = {
  salesAccountCode: 'Sales account',
  purchasesAccountCode: 'Purchases account',
  salesTaxType: 'Sales tax',
  purchasesTaxType: 'Purchases tax',
};
