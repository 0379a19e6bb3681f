import { fieldWords } from './record-words.ts';

/** What people call a path into a record's data: `lines.2.taxRate` is `Line 3, tax rate`. */
export function nameField(path: string): string {
  const parts = path.split('.');
  const words = parts.flatMap((part, at) => {
    if (/^\d+$/.test(part)) return [namePlace(parts[at - 1], Number(part) + 1)];
    const isInner = part === 'lines' && at < parts.length - 1;
    // The id of another record stands for that record.
    return isInner || (part === 'crmId' && at > 0) ? [] : [spellOut(part)];
  });
  const text = words.join(', ');
  return text.charAt(0).toUpperCase() + text.slice(1);
}

function namePlace(list: string | undefined, number: number): string {
  return list === 'lines' ? fieldWords.line(number) : fieldWords.entry(number);
}

/** `unitAmount` is `unit amount`. */
function spellOut(name: string): string {
  return name.replaceAll(/\p{Lu}/gu, (letter) => ` ${letter.toLowerCase()}`).trim();
}
