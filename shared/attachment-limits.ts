/** Attachments are small files: Xero takes 10 a document; larger than this is refused before it is sent. */
export const attachmentMaxBytes = 10 * 1024 * 1024;
export const attachmentMaxCount = 10;
export const attachmentMaxNameLength = 255;

/** Xero refuses `< > : " / \ | ? * +` in a name; control characters help nobody. */
// biome-ignore lint/suspicious/noControlCharactersInRegex: they are what is refused
export const attachmentRefusedCharacters = /[<>:"/\\|?*+\u0000-\u001f]/;

/**
 * A name of dots alone is a step in a path and no file: an address that ends in `..` means the document itself. `%2e` is
 * a dot for whoever decodes it once more, `%252e` for whoever decodes it twice more.
 */
export const isPathStep = (name: string): boolean => /^(?:[.\s]|%(?:25)*2e)+$/i.test(name);
