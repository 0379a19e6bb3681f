/** What a question says, what each choice is called, and what it does. */
export const questionWords = {
  leaveOut: { label: 'Leave it out', effect: 'Nothing is sent.' },
  editedBoth: {
    message: 'It was changed in Xero and in the CRM.',
    keepXero: { label: "Keep Xero's", effect: 'Nothing is sent. The CRM keeps its own version.' },
    sendCrm: { label: "Send the CRM's", effect: 'The changes made in Xero are overwritten.' },
  },
  hasPayments: {
    message: {
      change: (number: string | null) =>
        `${number ?? 'It'} has payments or credits in Xero, so it cannot be changed. We’ll try again when they are removed.`,
      removal: (number: string | null) =>
        `${number ?? 'It'} has payments or credits in Xero, so it cannot be removed. We’ll try again when they are removed.`,
      is_reconciled: () =>
        'The payment is reconciled in Xero, so it cannot be changed. We’ll try again when the reconciliation is undone.',
    },
    keepXero: { label: "Keep Xero's", effect: 'Nothing is sent. Xero stays as it is.' },
  },
  goneInXero: {
    message: (status: string | null) =>
      status === 'ARCHIVED'
        ? 'It was archived in Xero.'
        : status === 'VOIDED'
          ? 'It was voided in Xero.'
          : 'It was deleted in Xero.',
    makeAgain: { label: 'Add it again', effect: 'A new one is added in Xero.' },
    restore: { label: 'Restore it', effect: 'It becomes active in Xero again.' },
  },
  numberTaken: {
    /** Of a document that has no number. */
    thisRecord: 'This record',
    message: (number: string, isSame: boolean) =>
      isSame
        ? `${number} is already in Xero, with the same content.`
        : `${number} is already in Xero, with different content.`,
    bothNew: (number: string) => `Another record with the number ${number} is also waiting to be added.`,
    adopt: { label: 'Use the one in Xero', effect: 'Nothing is sent. The record is matched to the one in Xero.' },
  },
  nearName: {
    message: (name: string) => `Xero has a contact with a name similar to "${name}".`,
    bothNew: (name: string, other: string) =>
      `"${other}" is also waiting to be added, and its name is similar to "${name}".`,
    sameName: (name: string) =>
      `Xero has a contact "${name}" with a different tax number. If it is a different company, change the name in the CRM.`,
    use: (name: string) => ({ label: `Use ${name}`, effect: 'No contact is added.' }),
    create: (name: string) => ({ label: `Add ${name}`, effect: 'A new contact is added in Xero.' }),
  },
  severalFound: {
    message: 'Several documents in Xero could be this one.',
    adopt: (number: string) => ({ label: `It is ${number}`, effect: 'Nothing is sent.' }),
    send: { label: 'None of them', effect: 'It is sent again.' },
  },
  exceedsDue: {
    message: (amount: string, due: string, document: string) =>
      `${amount} is more than the ${due} still due on ${document}.`,
    sendDue: (due: string, rest: string) => ({ label: `Send ${due}`, effect: `${rest} stays in the CRM.` }),
    unnumbered: 'the document',
  },
};
