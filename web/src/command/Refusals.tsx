/** Why a command did nothing: what no field of the form shows already. */
import { Alert, List } from '@mantine/core';
import { PageLink } from '../routing/links';
import { useLocale } from '../text/frame-text';
import { useText } from '../text/text';
import { formatTime } from '../time/format';
import { conflictIn, errorsElsewhere, type UserError } from './user-error';

interface RefusalsProps {
  errors: readonly UserError[];
  failure: string | undefined;
  /** Members of the input whose refusals stand at their own fields. */
  shownElsewhere?: readonly string[];
}

export function Refusals({ errors, failure, shownElsewhere = [] }: RefusalsProps) {
  const text = useText();
  const said = useConflictSentence(errors);
  const theirs = conflictIn(errors)?.position;
  const others = errorsElsewhere(errors, shownElsewhere).filter(({ code }) => code !== 'CONFLICT');
  if (failure !== undefined) {
    return (
      <Alert color="red" variant="outline" role="alert" title={text.command.failed} {...SIGN}>
        {failure}
      </Alert>
    );
  }
  if (said === undefined && others.length === 0) return null;
  return (
    <Alert color="red" variant="outline" role="alert" title={text.command.refused} {...SIGN}>
      {said === undefined ? null : (
        <p>
          {said} {text.command.conflictAbout}{' '}
          {theirs === undefined ? null : (
            // Beside this page: what was typed here stays
            <PageLink to="/events" search={{ open: theirs }} target="_blank">
              {text.eventList.open(theirs)}
            </PageLink>
          )}
        </p>
      )}
      <List>
        {others.map((error) => (
          <List.Item key={`${error.code}${error.pointer ?? ''}${error.message}`}>{error.message}</List.Item>
        ))}
      </List>
    </Alert>
  );
}

/** The focus comes here from whatever was pressed. */
const SIGN = { 'data-refusal': true, tabIndex: -1 };

function useConflictSentence(errors: readonly UserError[]): string | undefined {
  const text = useText();
  const locale = useLocale();
  const conflict = conflictIn(errors);
  if (conflict === undefined) return undefined;
  const { actor, type, at } = conflict;
  if (actor === undefined || type === undefined || at === undefined) return text.command.conflictUnknown;
  return text.command.conflict(actor, type, formatTime(new Date(at), 'relative', new Date(), locale));
}
