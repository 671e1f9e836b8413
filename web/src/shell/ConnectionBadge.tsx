/** Whether what is on screen is live, and if not, what is being done about it. */
import { Button, Stack, Text } from '@mantine/core';
import { useConnection, usePause } from '../live/live';
import type { Connection } from '../live/connection';
import { useFrameText, type FrameText as Catalogue } from '../text/frame-text';
import { formatDuration } from '../time/format';
import { useNow } from '../time/now';
import { Dropdown } from './Dropdown';

const TONE = { live: 'good', connecting: 'warn', reconnecting: 'warn', paused: 'calm', refused: 'calm' } as const;

export function ConnectionBadge() {
  const text = useFrameText();
  const connection = useConnection();
  const pause = usePause();
  const now = useNow().getTime();
  const { kind } = connection.state;
  const said = stateSaid(connection, now, text);
  const about = lastEvent(connection, now, text);
  const face = (
    <>
      <span className={`state state-${TONE[kind]}`} data-connection={kind}>
        {said}
      </span>
      {kind === 'live' ? (
        <Text span size="xs" c="dimmed" ms={8} visibleFrom="md">
          {about}
        </Text>
      ) : null}
    </>
  );
  return (
    <>
      {/* Told when the state changes, not every second */}
      <span role="status" className="visually-hidden">
        {text.connection.said[kind]}
      </span>
      <Dropdown label={said} face={face}>
        <Stack gap="xs" align="flex-start">
          <Text size="sm">{about}</Text>
          <Text size="sm" c="dimmed" maw={320}>
            {text.connection.follows}
          </Text>
          {kind === 'live' ? null : <Text size="sm">{text.connection.stale}</Text>}
          <Button size="sm" variant="default" onClick={() => pause(kind !== 'paused')}>
            {kind === 'paused' ? text.connection.resume : text.connection.pause}
          </Button>
        </Stack>
      </Dropdown>
    </>
  );
}

function stateSaid({ state }: Connection, now: number, text: Catalogue): string {
  if (state.kind !== 'reconnecting') return text.connection.said[state.kind];
  return text.connection.reconnectingIn(Math.max(0, Math.ceil((state.at - now) / 1000)));
}

function lastEvent({ lastEventAt }: Connection, now: number, text: Catalogue): string {
  if (lastEventAt === undefined) return text.connection.noEvent;
  return text.connection.lastEvent(formatDuration(Math.max(0, now - lastEventAt)));
}
