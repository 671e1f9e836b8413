import { Alert, Stack } from '@mantine/core';
import { Fact, Facts } from '../../page/Facts';
import { HeldEarlier } from '../../stopping/HeldEarlier';
import { useText } from '../../text/text';
import { Lasting, Moment } from '../../time/Moment';
import { countsTrades } from '../instances/counts-trades';
import type { Instance } from './instance';
import { RunPositions } from './RunPositions';
import { PageLink } from '../../routing/links';

export function StateTab({ instance }: { instance: Instance }) {
  const text = useText();
  const says = text.instance;
  return (
    <Stack gap="md">
      {instance.faultReason === null ? null : (
        <Alert color="red" variant="outline" title={says.fault}>
          {instance.faultReason}
        </Alert>
      )}
      {instance.skipReason === null ? null : (
        <Alert color="warn" variant="outline" title={says.skip}>
          {text.ownReason(instance.skipReason)}
        </Alert>
      )}
      <div className="card">
        <Facts>
          <Fact name={says.definition}>
            {instance.definitionKey === null ? (
              '–'
            ) : (
              <PageLink to="/definitions/$key" params={{ key: instance.definitionKey }}>
                {instance.definitionKey}@{instance.definitionVersion}
              </PageLink>
            )}
          </Fact>
          <Fact name={says.executor}>{instance.executorType ?? instance.strategyType}</Fact>
          <Fact name={says.user}>{instance.userId}</Fact>
          <Fact name={says.client}>{instance.clientId}</Fact>
          {instance.marketMakingOrderId === null ? null : <Fact name={says.order}>{instance.marketMakingOrderId}</Fact>}
          <Fact name={says.run}>{instance.run}</Fact>
          <Fact name={says.created}>
            <Moment at={instance.createdAt} />
          </Fact>
          <Fact name={says.updated}>
            <Moment at={instance.updatedAt} />
          </Fact>
          <Fact name={says.startPrice}>
            <span className="mono">{instance.startPrice}</span>
          </Fact>
          {countsTrades(instance) ? <Fact name={says.trades}>{instance.executedTrades}</Fact> : null}
          {instance.note === null ? null : <Fact name={says.note}>{instance.note}</Fact>}
          <Fact name={says.legacyId}>{instance.legacyId}</Fact>
        </Facts>
      </div>
      <HeldEarlier instanceKey={instance.key} before={instance.run} latest={instance.run} asOf={instance.asOf} />
      <RunState execution={instance.execution} />
    </Stack>
  );
}

/** What the executor did until the moment that the page shows. */
function RunState({ execution }: { execution: Instance['execution'] }) {
  const text = useText();
  const says = text.instance;
  if (execution === null) {
    return (
      <div className="card">
        <Facts>
          <Fact name={text.state.observed}>{says.noExecution}</Fact>
        </Facts>
      </div>
    );
  }
  return (
    <>
      <div className="card">
        <Facts>
          {execution.state === 'OPEN' ? (
            <Fact name={says.uptime}>
              <Lasting from={execution.openedAt} />
            </Fact>
          ) : null}
          {execution.decisions.nodes.map(({ at, position, sentence, phrase }) => (
            <Fact key={position} name={says.lastDecision}>
              <Moment at={at} />: {text.said(sentence, phrase)}
            </Fact>
          ))}
          <Fact name={says.openOrders}>{execution.liveOrders}</Fact>
          <Fact name={says.fills}>{execution.fillCount}</Fact>
          <Fact name={says.netBase}>
            <span className="mono">{execution.netBase ?? '–'}</span>
          </Fact>
          <Fact name={says.netQuote}>
            <span className="mono">{execution.netQuote ?? '–'}</span>
          </Fact>
        </Facts>
      </div>
      <RunPositions positions={execution.positions} title={says.position.title} />
    </>
  );
}
