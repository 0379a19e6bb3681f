/** What a question says, what each choice is called, and what it does. */
export const questionWords = {
  leaveOut: { label: 'Leave it out', effect: 'Nothing is sent.' },
  hasPayments: {
    message: {
      change: (number: string | null) =>
        `${number ?? 'It'} has payments or credits in Xero, so it cannot be changed. It is tried again when they are gone.`,
      removal: (number: string | null) =>
        `${number ?? 'It'} has payments or credits in Xero, so it cannot be removed. It is tried again when they are gone.`,
    },
    keepXero: { label: "Keep Xero's", effect: 'Xero stays as it is.' },
  },
  exceedsDue: {
    message: (amount: string, due: string, document: string) =>
      `${amount} is more than the ${due} still due on ${document}.`,
    sendDue: (due: string, rest: string) => ({ label: `Send ${due}`, effect: `${rest} stays in the CRM.` }),
    unnumbered: 'the document',
  },
};
