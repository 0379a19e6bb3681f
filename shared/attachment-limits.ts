/** The size limit of an attachment. A larger file is refused before it is sent. Xero accepts 10 files per document. */
export const attachmentMaxBytes = 10 * 1024 * 1024;
export const attachmentMaxCount = 10;
export const attachmentMaxNameLength = 255;

/** Xero refuses `< > : " / \ | ? * +` in a name. We refuse control characters as well. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: these characters are refused
export const attachmentRefusedCharacters = /[<>:"/\\|?*+\u0000-\u001f]/;

/**
 * A name of dots alone is a path step and not a file: an address that ends in `..` means the document itself. `%2e` is
 * a dot after decoding once more, `%252e` after decoding twice more.
 */
export function isPathStep(name: string): boolean {
  return /^(?:[.\s]|%(?:25)*2e)+$/i.test(name);
}
