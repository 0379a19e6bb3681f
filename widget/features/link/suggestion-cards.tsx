import type { Suggestion } from '#shared/contract/view.ts';
import { Button } from '#widget/ui/button.tsx';
import type { Linking } from './use-link.ts';
import { linkWords, reasonWords } from './words.ts';

type Props = { suggestions: readonly Suggestion[]; company: string | undefined; linking: Linking };

/** Suggested Xero contacts, best first, each with its reason. */
export function SuggestionCards({ suggestions, company, linking }: Props) {
  return (
    <ul className="cards" aria-label={linkWords.suggestions}>
      {suggestions.map((suggestion, index) => {
        const { contact } = suggestion;
        return (
          <li className="card" key={contact.id}>
            <div className="card-words">
              <b className="link-name" title={contact.name}>
                {contact.name}
              </b>
              {contact.email && (
                <span className="small clip" title={contact.email}>
                  {contact.email}
                </span>
              )}
            </div>
            <span className={`tag ${suggestion.check ? 'warn' : 'good'}`}>{reasonWords(suggestion, company)}</span>
            <Button
              variant={index === 0 ? 'primary' : 'plain'}
              aria-label={`${linkWords.link}: ${contact.name}`}
              isBusy={linking.linking?.id === contact.id}
              isDisabled={linking.linking !== undefined}
              onClick={() => linking.link(contact)}
            >
              {linkWords.link}
            </Button>
          </li>
        );
      })}
    </ul>
  );
}

/** Shown when Xero has no similar contact. */
export function NothingSuggested() {
  return (
    <p className="link-none">
      <b>{linkWords.noRecords}</b>
      <span className="small">{linkWords.nothingSuggested}</span>
    </p>
  );
}
