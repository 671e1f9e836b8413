/** Views that come with the page, those somebody saved, and saving the one on screen. */
import { Button, CloseButton, Group, Stack, Text, TextInput } from '@mantine/core';
import { useEffect, useState, type FormEvent } from 'react';
import { PageLink } from '../../routing/links';
import { Dropdown } from '../../shell/Dropdown';
import { useText } from '../../text/text';
import type { InstanceSearch } from './filter';
import { readViews, sameSearch, VIEWS_KEY, withoutView, withView, type SavedView } from './saved-views';

export function SavedViews({ search }: { search: InstanceSearch }) {
  const { instances: says } = useText();
  const [views, setViews] = useState(() => readViews(localStorage.getItem(VIEWS_KEY)));
  const [name, setName] = useState('');
  useEffect(() => localStorage.setItem(VIEWS_KEY, JSON.stringify(views)), [views]);
  const own: SavedView[] = [
    { name: says.views.faulted, search: { status: ['FAULTED'] } },
    { name: says.views.stopping, search: { observed: ['STOPPING'] } },
    { name: says.views.waiting, search: { status: ['RUNNING'], observed: ['NONE'] } },
    { name: says.views.unlinked, search: { linked: false } },
  ];
  const current = [...own, ...views].find((view) => sameSearch(view.search, search))?.name;
  const save = (event: FormEvent) => {
    event.preventDefault();
    if (name.trim() === '') return;
    setViews((before) => withView(before, { name: name.trim(), search }));
    setName('');
  };
  return (
    <Dropdown label={says.views.title} face={current === undefined ? says.views.title : says.views.current(current)}>
      <Stack gap="xs">
        {own.map((view) => (
          <ViewLink key={view.name} view={view} />
        ))}
        {views.map((view) => (
          <Group key={view.name} justify="space-between" wrap="nowrap">
            <ViewLink view={view} />
            <CloseButton size="sm" aria-label={says.views.forget(view.name)} onClick={() => setViews((before) => withoutView(before, view.name))} />
          </Group>
        ))}
        <form onSubmit={save}>
          <Group align="flex-end" gap="xs" wrap="nowrap">
            <TextInput size="xs" label={says.views.name} value={name} onChange={(event) => setName(event.currentTarget.value)} />
            <Button size="xs" variant="default" type="submit">
              {says.views.save}
            </Button>
          </Group>
        </form>
        <Text size="xs" c="dimmed">
          {says.views.about}
        </Text>
      </Stack>
    </Dropdown>
  );
}

function ViewLink({ view }: { view: SavedView }) {
  return (
    <PageLink to="/instances" search={view.search} size="sm">
      {view.name}
    </PageLink>
  );
}
