import { Button } from '#widget/ui/button.tsx';
import { Message } from '#widget/ui/message.tsx';

type Props = { onCheckAgain(): void; isChecking: boolean; isSettings?: boolean };

export function Forbidden({ onCheckAgain, isChecking, isSettings }: Props) {
  return (
    <Message
      icon="lock"
      title={isSettings ? 'Settings are for admins' : 'No access to Xero figures'}
      action={
        <Button isBusy={isChecking} onClick={onCheckAgain}>
          Check again
        </Button>
      }
    >
      {isSettings
        ? 'An admin of this CRM connects Xero and decides who can see what.'
        : 'An admin can give you access in the CRM’s Xero settings.'}
    </Message>
  );
}
