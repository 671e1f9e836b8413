import { Button, Stack, Text } from '@mantine/core';
import { useMe } from '../session/me';
import { signOut } from '../session/session';
import { useFrameText } from '../text/frame-text';
import { Dropdown } from './Dropdown';

export function UserMenu() {
  const text = useFrameText();
  const { me } = useMe();
  const leave = async () => {
    await signOut();
    // A fresh page: nothing of the session stays in memory
    location.assign('/login');
  };
  return (
    <Dropdown label={me.name} face={me.name}>
      <Stack gap="xs" align="flex-start">
        <Text size="sm">{text.app.signedInAs(me.name, text.app.roles[me.role])}</Text>
        <Button size="sm" variant="default" onClick={() => void leave()}>
          {text.app.signOut}
        </Button>
      </Stack>
    </Dropdown>
  );
}
