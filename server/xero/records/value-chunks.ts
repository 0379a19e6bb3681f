/**
 * Xero does not document how to escape a double quote in a filter or whether a backslash is special, and it splits
 * lists at commas. A value with any of these is searched for in another way.
 */
const safeInFilter = /^[^"\\\p{C}]+$/u;
const safeInList = /^[^",\\\p{C}]+$/u;

/** A longer address is refused: more than about 50 ids in one were seen to be too many. */
const longestFilter = 1500;
const valuesPerCall = 20;

type Split = { chunks: string[][]; unsafe: string[] };

export function splitForFilter(values: readonly string[]): Split {
  return split(values, safeInFilter);
}

export function splitForList(values: readonly string[]): Split {
  return split(values, safeInList);
}

function split(values: readonly string[], safe: RegExp): Split {
  const chunks: string[][] = [];
  let length = 0;
  for (const value of values.filter((one) => safe.test(one))) {
    const last = chunks.at(-1);
    const own = encodeURIComponent(value).length + encodeURIComponent(' OR Name.ToLower()==""').length;
    if (last && last.length < valuesPerCall && length + own <= longestFilter) {
      last.push(value);
      length += own;
    } else {
      chunks.push([value]);
      length = own;
    }
  }
  return { chunks, unsafe: values.filter((one) => !safe.test(one)) };
}

/** In an address, a slash or dots alone would name another one. */
const safeInPath = /^(?!\.+$)[\w .-]+$/;

export function splitForPath(values: readonly string[]): { safe: string[]; unsafe: string[] } {
  return { safe: values.filter((one) => safeInPath.test(one)), unsafe: values.filter((one) => !safeInPath.test(one)) };
}
