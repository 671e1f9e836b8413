// The editor over a configuration that is in use: only what differs is one's own, and only a part of the schema is drawn.
import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, expect, it } from 'vitest';
import { parseJson, toJsonText } from '../json/json-text';
import type { JsonObject } from '../json/value';
import { CHANGES } from '../schema-form/layers';
import { InEnglish } from '../text/InEnglish';
import { ConfigEditor } from './ConfigEditor';

afterEach(cleanup);

const number = { type: 'number', minimum: 0 };
const SCHEMA = {
  type: 'object',
  required: ['pair', 'bidSpread'],
  properties: { pair: { type: 'string' }, bidSpread: number, layers: number, note: { type: 'string' } },
  dependentRequired: { note: ['layers'] },
};
const { pair: _pair, ...may } = SCHEMA.properties;
const DRAWN = { type: 'object', required: ['bidSpread'], properties: may };

let sent: JsonObject = {};

function Editor() {
  const [changes, setChanges] = useState<JsonObject>({});
  const [running] = useState(() => parseJson('{"bidSpread":0.1,"layers":3}') as JsonObject);
  sent = changes;
  return (
    <ConfigEditor
      idPrefix="c" label="What may change" schema={SCHEMA} drawn={DRAWN} layers={CHANGES}
      defaults={running} standards={{ bidSpread: 0.5 }} serverMembers={{ pair: 'BTC/USDT' }}
      overrides={changes} onChange={setChanges}
    />
  );
}

const show = () =>
  render(
    <MantineProvider env="test">
      <Editor />
    </MantineProvider>,
    { wrapper: InEnglish },
  );
const field = (id: string) => document.getElementById(`c_${id}`) as HTMLInputElement;
const type = (id: string, text: string) => fireEvent.change(field(id), { target: { value: text } });

it('draws what may change and nothing else, with the default beside it', () => {
  show();
  expect(field('bidSpread').value).toBe('0.1');
  expect(field('pair')).toBeNull();
  expect(screen.queryByText('Members outside the schema')).toBeNull();
  expect(screen.getByText('default 0.5')).toBeTruthy();
});

it('has what was changed as its own, until it is reset', () => {
  show();
  type('bidSpread', '0.20');
  expect(toJsonText(sent)).toBe('{"bidSpread":0.20}');
  fireEvent.click(screen.getByRole('button', { name: 'reset to 0.1' }));
  expect(sent).toEqual({});
});

it('takes an optional member out, and finds that no mistake', () => {
  show();
  expect(screen.queryByRole('button', { name: 'remove bidSpread' })).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'remove layers' }));
  expect(sent).toEqual({ layers: null });
  expect(field('layers').value).toBe('');
  expect(screen.getByText('taken out')).toBeTruthy();
  expect(screen.queryByText(/needs your attention/)).toBeNull();
});

it('is checked by the whole schema', () => {
  show();
  type('note', 'calm');
  expect(screen.queryByText(/needs your attention/)).toBeNull();
  fireEvent.click(screen.getByRole('button', { name: 'remove layers' }));
  expect(screen.getByText(/1 thing needs your attention/)).toBeTruthy();
});
