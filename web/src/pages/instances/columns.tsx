import { useMemo } from 'react';
import { Desired, ObservedState } from '../../page/State';
import { TradingBadge } from '../../page/TradingBadge';
import type { Column } from '../../table/columns';
import { useText, type Text } from '../../text/text';
import { Lasting, Moment } from '../../time/Moment';
import { countsTrades } from './counts-trades';
import type { InstanceRow } from './instances';
import { PageLink } from '../../routing/links';

export function useInstanceColumns(): Column<InstanceRow>[] {
  const text = useText();
  return useMemo(() => instanceColumns(text), [text]);
}

function instanceColumns(text: Text): Column<InstanceRow>[] {
  const says = text.instances;
  return [
    {
      id: 'key', header: says.key, width: 'minmax(170px, 2.4fr)', sort: 'KEY', names: true,
      cell: (row) => (
        <PageLink to="/instances/$key" params={{ key: row.key }} title={row.key}>
          {row.key}
        </PageLink>
      ),
    },
    {
      id: 'status', header: says.status, width: 'minmax(80px, 0.7fr)',
      cell: (row) => (
        <span title={row.faultReason ?? undefined}>
          <Desired status={row.status} />
        </span>
      ),
    },
    { id: 'observed', header: says.observed, width: 'minmax(88px, 0.8fr)', cell: (row) => <ObservedState observed={row.observed} /> },
    { id: 'trading', header: text.start.trading, width: 'minmax(56px, 0.4fr)', cell: (row) => <TradingBadge trading={row.trading} /> },
    {
      id: 'definition', header: says.definition, width: 'minmax(130px, 1.6fr)',
      cell: (row) =>
        row.definitionKey === null ? (
          '–'
        ) : (
          <PageLink to="/definitions/$key" params={{ key: row.definitionKey }} title={`${row.definitionKey}@${row.definitionVersion ?? ''}`}>
            {row.definitionKey}@{row.definitionVersion}
          </PageLink>
        ),
    },
    { id: 'user', header: says.user, width: 'minmax(55px, 1fr)', cell: (row) => row.userId },
    { id: 'client', header: says.client, width: 'minmax(55px, 1fr)', cell: (row) => row.clientId },
    { id: 'updated', header: says.updated, width: 'minmax(190px, 1fr)', sort: 'UPDATED_AT', cell: (row) => <Moment at={row.updatedAt} /> },
    {
      id: 'uptime', header: says.uptime, width: 'minmax(92px, 0.6fr)', numeric: true, spare: true,
      cell: (row) => (row.status === 'RUNNING' ? <Uptime since={row.startedAt} about={says.uptimeUnknown} unknown={says.unknown} /> : '–'),
    },
    { id: 'run', header: says.run, width: 'minmax(36px, 0.3fr)', numeric: true, spare: true, cell: (row) => row.run },
    { id: 'trades', header: says.trades, width: 'minmax(56px, 0.4fr)', numeric: true, spare: true, cell: (row) => (countsTrades(row) ? row.executedTrades : '–') },
  ];
}

interface UptimeProps {
  since: string | null;
  unknown: string;
  about: string;
}

/** Imported rows do not say since when. */
function Uptime({ since, unknown, about }: UptimeProps) {
  return since === null ? <span title={about}>{unknown}</span> : <Lasting from={since} />;
}
