import { Button } from '@mantine/core';
import type { EventRow } from '../../event/event';
import { StreamLink } from '../../event/StreamLink';
import { groupedPosition } from '../../live/position';
import type { Column } from '../../table/columns';
import { useText } from '../../text/text';
import { Moment } from '../../time/Moment';

export function useEventColumns(open: (position: string) => void): Column<EventRow>[] {
  const { events: says, said } = useText();
  return [
    {
      id: 'position', header: says.position, width: 'minmax(76px, 0.6fr)', numeric: true, names: true,
      cell: (row) => (
        <Button variant="subtle" size="compact-sm" data-event={row.position} aria-label={says.open(row.position)} onClick={() => open(row.position)}>
          {groupedPosition(row.position)}
        </Button>
      ),
    },
    { id: 'time', header: says.time, width: 'minmax(180px, 1fr)', cell: (row) => <Moment at={row.recordedAt} /> },
    { id: 'type', header: says.type, width: 'minmax(150px, 1fr)', cell: (row) => row.type },
    {
      id: 'summary', header: says.summary, width: 'minmax(200px, 3fr)',
      cell: ({ summary, phrase }) => <span title={said(summary, phrase)}>{said(summary, phrase)}</span>,
    },
    {
      id: 'stream', header: says.stream, width: 'minmax(160px, 1.4fr)',
      cell: (row) => <StreamLink streamType={row.streamType} streamId={row.streamId} />,
    },
    { id: 'actor', header: says.actor, width: 'minmax(90px, 0.8fr)', cell: (row) => row.actor },
    { id: 'reason', header: says.reason, width: 'minmax(140px, 1fr)', spare: true, cell: (row) => <span title={row.reason ?? ''}>{row.reason ?? '–'}</span> },
  ];
}
