import type { Choices } from '#shared/contract/choices.ts';
import type { DocumentKind } from '#shared/contract/document.ts';
import { type DocumentDraft, type LineDraft, lineField } from './draft.ts';
import { copyFromDeal, startLine, writeDueDate } from './start-draft.ts';
import type { Typing } from './typing.ts';

type Editing = {
  draft: DocumentDraft;
  change(next: DocumentDraft, ...mended: string[]): void;
  choices: Choices;
  kind: DocumentKind;
  typing: Typing;
};

/** Each edit returns the fields whose errors it clears. */
export function editDraft({ draft, change, choices, kind, typing }: Editing) {
  const withDate = (text: string): DocumentDraft => {
    const date = typing.readDate(text);
    const follows = date !== null && !draft.isDueDateTyped;
    return { ...draft, date: text, dueDate: follows ? writeDueDate(kind, choices, date, typing) : draft.dueDate };
  };
  return {
    set: (part: Partial<DocumentDraft>) => change({ ...draft, ...part }, ...Object.keys(part)),
    setDate: (text: string) => change(withDate(text), 'date', 'dueDate'),
    setLine: (line: LineDraft, part: Partial<LineDraft>) => {
      const lines = draft.lines.map((other) => (other.id === line.id ? { ...line, ...part } : other));
      change({ ...draft, lines }, ...Object.keys(part).map((field) => lineField(line, field)));
    },
    addLine: () => {
      const line = startLine(kind, choices);
      change({ ...draft, lines: [...draft.lines, line] });
      return line;
    },
    removeLine: ({ id }: LineDraft) => {
      const lines = draft.lines.filter((line) => line.id !== id);
      change({ ...draft, lines: lines.length > 0 ? lines : [startLine(kind, choices)] });
    },
    copyDeal: () => change(copyFromDeal(draft, choices, typing)),
  };
}
