/** The ⋮ menu's entries, and the forms' titles. */
export const addTitles = { quote: 'Add Quote', invoice: 'Add Invoice (Draft)', bill: 'Add Bill' } as const;
