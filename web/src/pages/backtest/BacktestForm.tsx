/** What is tried, on which data; refused by the server at its field, or begun. */
import { Group, Stack, Text, Title } from '@mantine/core';
import { useMemo, useState } from 'react';
import { useClient } from 'urql';
import { ActionButton } from '../../command/ActionButton';
import { failureSaid } from '../../command/failure';
import { foundNobody, notSignedIn } from '../../command/not-signed-in';
import { Refusals } from '../../command/Refusals';
import { inWords, violationsUnder, type UserError } from '../../command/user-error';
import { ConfigEditor } from '../../config-editor/ConfigEditor';
import { toJsonText } from '../../json/json-text';
import type { JsonObject, JsonValue } from '../../json/value';
import { LinkButton } from '../../routing/links';
import { effectiveConfig } from '../../schema-form/overrides';
import { useSignInAtHand } from '../../session/sign-in-at-hand';
import { useText } from '../../text/text';
import type { Carried } from '../start/beginning';
import { startBacktestDocument, type BacktestOptions } from './backtest';
import { isSeed, pairIn, periodInput, type Period } from './period';
import { PeriodFields } from './PeriodFields';

interface BacktestFormProps {
  definitionKey: string;
  version: string | undefined;
  schema: JsonValue;
  defaults: JsonObject;
  serverMembers: JsonObject;
  overrides: JsonObject;
  onChange: (overrides: JsonObject) => void;
  options: BacktestOptions;
  period: Period;
  onPeriod: (period: Period) => void;
  /** Of the start that waits for this. */
  carried: Carried;
  /** One that was asked for here goes on. */
  goesOn: boolean;
  onStarted: (id: string) => void;
}

const AT_FIELDS = ['config', 'fromSeconds', 'lengthSeconds', 'stepSeconds', 'seed'];

export function BacktestForm(props: BacktestFormProps) {
  const { definitionKey, version, schema, defaults, serverMembers, overrides, options, period } = props;
  const text = useText();
  const says = text.backtest;
  const client = useClient();
  useSignInAtHand();
  const [readable, setReadable] = useState(true);
  const [busy, setBusy] = useState(false);
  const [failure, setFailure] = useState<string | undefined>();
  const [refused, setRefused] = useState<{ errors: readonly UserError[]; config: JsonObject }>({ errors: [], config: {} });
  const serverViolations = useMemo(() => violationsUnder(refused.errors, 'config'), [refused]);
  const effective = useMemo(() => effectiveConfig(defaults, overrides), [defaults, overrides]);

  const start = async () => {
    setBusy(true);
    setFailure(undefined);
    const input = { definitionKey, version: version ?? null, config: overrides, ...periodInput(period) };
    const result = await client.mutation(startBacktestDocument, { input }).toPromise();
    setBusy(false);
    if (foundNobody(result.error)) {
      setRefused({ errors: [notSignedIn(text.command.sessionEnded)], config: effective });
      return;
    }
    const payload = result.data?.startBacktest;
    setRefused({ errors: inWords(payload?.userErrors ?? [], text), config: effective });
    if (payload === undefined) setFailure(result.error === undefined ? '' : failureSaid(result.error, text.command.unanswered));
    else if (payload.backtest !== null) props.onStarted(payload.backtest.id);
  };
  return (
    <>
      <section className="card">
        <Title order={2} size="h4" mb="sm">
          {text.start.config}
        </Title>
        <ConfigEditor
          idPrefix="config"
          label={text.start.config}
          schema={schema}
          defaults={defaults}
          defaultsVersion={version}
          overrides={overrides}
          onChange={props.onChange}
          onReadable={setReadable}
          serverViolations={serverViolations}
          serverChecked={refused.config}
          serverMembers={serverMembers}
        />
      </section>
      <Stack component="section" className="card" gap="sm">
        <Title order={2} size="h4">
          {says.data}
        </Title>
        <PeriodFields period={period} options={options} pair={pairIn(effective)} errors={refused.errors} onChange={props.onPeriod} />
      </Stack>
      <Refusals errors={refused.errors} failure={failure} shownElsewhere={AT_FIELDS} />
      <Group>
        <ActionButton permission="instances:start" loading={busy} disabled={!readable || props.goesOn || !isSeed(period.seed)} onClick={() => void start()}>
          {says.submit}
        </ActionButton>
        {version === undefined ? (
          <LinkButton to="/instances/new" search={{ definition: definitionKey, config: toJsonText(overrides), ...props.carried }} variant="default">
            {says.startInstance}
          </LinkButton>
        ) : (
          <Text size="sm">{says.startsDraft(version)}</Text>
        )}
      </Group>
    </>
  );
}
