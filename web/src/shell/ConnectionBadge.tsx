/** Whether what is on screen is live, and if not, what is being done about it. */
import { Button, Popover, Stack, Text } from '@mantine/core';
import { useConnection, usePause } from '../live/live';
import type { Connection } from '../live/connection';
import { useText, type Text as Catalogue } from '../text/text';
import { formatDuration } from '../time/format';
import { useNow } from '../time/now';

const TONE = { live: 'good', connecting: 'warn', reconnecting: 'warn', paused: 'calm', refused: 'calm' } as const;

export function ConnectionBadge() {
  const text = useText();
  const connection = useConnection();
  const pause = usePause();
  const now = useNow().getTime();
  const { kind } = connection.state;
  const about = kind === 'live' ? lastEvent(connection, now, text) : undefined;
  return (
    <Popover width={280} position="bottom-end" shadow="md" withRoles>
      <Popover.Target>
        <Button variant="default" size="compact-md" fw={500}>
          <span className={`state state-${TONE[kind]}`} role="status" data-connection={kind}>
            {stateSaid(connection, now, text)}
          </span>
          {about === undefined ? null : (
            <Text span size="xs" c="dimmed" ms={8} visibleFrom="md">
              {about}
            </Text>
          )}
        </Button>
      </Popover.Target>
      <Popover.Dropdown aria-label={text.connection.live}>
        <Stack gap="xs" align="flex-start">
          <Text size="sm">{lastEvent(connection, now, text)}</Text>
          {kind === 'live' ? null : <Text size="sm">{text.connection.stale}</Text>}
          <Button size="sm" variant="default" onClick={() => pause(kind !== 'paused')}>
            {kind === 'paused' ? text.connection.resume : text.connection.pause}
          </Button>
        </Stack>
      </Popover.Dropdown>
    </Popover>
  );
}

function stateSaid({ state }: Connection, now: number, text: Catalogue): string {
  switch (state.kind) {
    case 'live':
      return text.connection.live;
    case 'connecting':
      return text.connection.connecting;
    case 'reconnecting':
      return text.connection.reconnecting(Math.max(0, Math.ceil((state.at - now) / 1000)));
    case 'paused':
      return text.connection.paused;
    case 'refused':
      return text.connection.refused;
  }
}

function lastEvent({ lastEventAt }: Connection, now: number, text: Catalogue): string {
  if (lastEventAt === undefined) return text.connection.noEvent;
  return text.connection.lastEvent(formatDuration(Math.max(0, now - lastEventAt)));
}
