/** Ctrl-K: any page, definition or instance by a few letters of its name. Loaded when somebody first asks for it. */
import { Modal, TextInput } from '@mantine/core';
import { useDebouncedValue } from '@mantine/hooks';
import { useNavigate } from '@tanstack/react-router';
import { useId, useState, type KeyboardEvent } from 'react';
import { useQuery } from 'urql';
import { graphql } from '../graphql/graphql';
import { useText } from '../text/text';
import { PAGES } from './Navigation';
import { placesFor, type Place } from './places';

const paletteDocument = graphql(`
  query Palette($text: String!) {
    definitions(first: 6, filter: { text: $text }, orderBy: { field: KEY }) {
      nodes {
        id
        key
        name
      }
    }
    instances(first: 8, filter: { text: $text }, orderBy: { field: UPDATED_AT, direction: DESC }) {
      nodes {
        id
        key
        status
      }
    }
  }
`);

export default function Palette({ onClose }: { onClose: () => void }) {
  const text = useText();
  const says = text.palette;
  const navigate = useNavigate();
  const id = useId();
  const [typed, setTyped] = useState('');
  const [asked] = useDebouncedValue(typed.trim(), 120);
  const [active, setActive] = useState(0);
  const [{ data }] = useQuery({ query: paletteDocument, variables: { text: asked } });
  const pages = PAGES.map(({ to, name }) => ({ to, name: text.nav[name] }));
  const places = placesFor(typed, {
    pages,
    tasks: [
      { to: '/instances/new', name: text.overview.start },
      { to: '/new-definition', name: text.overview.create },
    ],
    definitions: data?.definitions.nodes ?? [],
    instances: (data?.instances.nodes ?? []).map(({ key, status }) => ({ key, about: text.state[status] })),
  });
  const chosen = Math.min(active, places.length - 1);
  const go = (place: Place | undefined) => {
    if (place === undefined) return;
    onClose();
    void navigate({ to: place.to, params: place.params });
  };
  const onKeyDown = (event: KeyboardEvent) => {
    const step = { ArrowDown: 1, ArrowUp: -1 }[event.key];
    if (step !== undefined) {
      event.preventDefault();
      setActive(Math.max(0, Math.min(places.length - 1, chosen + step)));
    }
    if (event.key === 'Enter') go(places[chosen]);
  };
  return (
    <Modal opened centered={false} onClose={onClose} title={says.title} closeButtonProps={{ 'aria-label': text.app.close }}>
      <TextInput
        data-autofocus
        aria-label={says.title}
        placeholder={says.placeholder}
        role="combobox"
        aria-expanded
        aria-controls={id}
        aria-autocomplete="list"
        aria-activedescendant={places[chosen] === undefined ? undefined : `${id}-${chosen}`}
        value={typed}
        autoComplete="off"
        onKeyDown={onKeyDown}
        onChange={(event) => {
          setTyped(event.currentTarget.value);
          setActive(0);
        }}
      />
      <div id={id} role="listbox" aria-label={says.results} className="palette">
        {places.map((place, index) => (
          <div
            key={`${place.to} ${place.params?.key ?? ''}`}
            id={`${id}-${index}`}
            role="option"
            aria-selected={index === chosen}
            className="palette-place"
            onMouseMove={() => setActive(index)}
            onClick={() => go(place)}
          >
            <span>{place.name}</span>
            <span className="quiet-code">{says.kinds[place.kind]}{place.about === undefined ? '' : ` · ${place.about}`}</span>
          </div>
        ))}
      </div>
      {places.length === 0 ? <p>{says.nothing}</p> : null}
    </Modal>
  );
}
