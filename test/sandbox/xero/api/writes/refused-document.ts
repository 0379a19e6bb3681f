import type { Problems } from '../../records/writing/problems.ts';
import type { SentDocument } from '../../records/writing/sent.ts';
import { toErrors } from './write-elements.ts';

/** The id of something that was not created. */
export const zeroId = '00000000-0000-0000-0000-000000000000';

/** Contact and lines as sent, each with its own messages. */
export function toRefusedParts({ Contact, LineItems }: SentDocument, { contact, lines }: Problems) {
  return {
    ...(Contact === undefined
      ? {}
      : { Contact: { ...Contact, HasValidationErrors: contact.length > 0, ValidationErrors: toErrors(contact) } }),
    LineItems: (LineItems ?? []).map(({ others, ...line }, index) => ({
      ...line,
      ...others,
      ValidationErrors: toErrors(lines[index] ?? []),
    })),
  };
}
