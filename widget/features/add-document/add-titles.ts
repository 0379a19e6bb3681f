/** Entries of the ⋮ menu, and titles of the forms. They have a file of their own, because forms are loaded later. */
export const addTitles = { quote: 'Add Quote', invoice: 'Add Invoice (Draft)', bill: 'Add Bill' } as const;
