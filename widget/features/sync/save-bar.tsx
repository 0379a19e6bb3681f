import { Button } from '#widget/ui/button.tsx';
import { syncWords } from './words.ts';

type Props = {
  text: string;
  isSaving: boolean;
  /** What is typed cannot be saved. */
  isDisabled?: boolean;
  onSave(): void;
  onDiscard(): void;
};

/** Says that something is not saved yet, at the lower edge of the frame. */
export function SaveBar({ text, isSaving, isDisabled, onSave, onDiscard }: Props) {
  return (
    <div className="row pad sync-save">
      <span className="small sync-unsaved" role="status">
        {text}
      </span>
      <Button variant="text" onClick={onDiscard}>
        {syncWords.discard}
      </Button>
      <Button variant="primary" isBusy={isSaving} isDisabled={isDisabled} onClick={onSave}>
        {syncWords.save}
      </Button>
    </div>
  );
}
