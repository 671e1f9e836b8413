// The form as people use it: what they type is what is kept.
import { MantineProvider } from '@mantine/core';
import { cleanup, fireEvent, render, screen, within } from '@testing-library/react';
import { useState } from 'react';
import { afterEach, describe, expect, it } from 'vitest';
import { ConfigEditor } from '../config-editor/ConfigEditor';
import { parseJson, toJsonText } from '../json/json-text';
import type { JsonObject } from '../json/value';
import { InEnglish } from '../text/InEnglish';
import type { Violation } from '../validation/violation';

afterEach(cleanup);

let sent: JsonObject = {};

interface SetUp {
  schema: string;
  defaults?: string;
  overrides?: string;
  server?: Violation[];
}

function Editor({ schema, defaults = '{}', overrides = '{}', server = [] }: SetUp) {
  const [value, setValue] = useState(() => parseJson(overrides) as JsonObject);
  const [parsed] = useState(() => ({ schema: parseJson(schema), defaults: parseJson(defaults) as JsonObject }));
  const [checked] = useState({ ...parsed.defaults, ...value });
  sent = value;
  return (
    <ConfigEditor
      idPrefix="c"
      label="Configuration"
      schema={parsed.schema}
      defaults={parsed.defaults}
      defaultsVersion="1.0.3"
      overrides={value}
      onChange={setValue}
      serverViolations={server}
      serverChecked={checked}
    />
  );
}

function show(setup: SetUp) {
  render(
    <MantineProvider env="test">
      <Editor {...setup} />
    </MantineProvider>,
    { wrapper: InEnglish },
  );
}

const field = (id: string) => document.getElementById(`c_${id}`) as HTMLInputElement;
const type = (id: string, text: string) => fireEvent.change(field(id), { target: { value: text } });
const said = (id: string) =>
  (field(id).getAttribute('aria-describedby') ?? '')
    .split(' ')
    .map((about) => document.getElementById(about)?.textContent ?? '')
    .join(' ');

const MARKET = `{
  "type": "object", "required": ["pair", "bidSpread"],
  "properties": {
    "pair": {"type": "string", "title": "Trading pair", "description": "As the venue writes it"},
    "bidSpread": {"type": "number", "minimum": 0, "default": 7},
    "layers": {"type": "integer", "maximum": 10},
    "side": {"enum": ["buy", "sell"]},
    "postOnly": {"type": "boolean"},
    "levels": {"type": "array", "items": {"type": "object", "properties": {"price": {"type": "number", "exclusiveMinimum": 0}}}},
    "venue": {"type": "object", "properties": {"name": {"type": "string"}}},
    "pairOf": {"type": "array", "prefixItems": [{"type": "string"}, {"type": "number"}]},
    "anything": {}
  }
}`;

describe('a number', () => {
  it('is neither clamped nor rewritten, and its error is said at the field', () => {
    show({ schema: MARKET, defaults: '{"pair":"BTC/USDT","bidSpread":0.1}' });
    type('bidSpread', '-1');
    fireEvent.blur(field('bidSpread'));
    expect(field('bidSpread').value).toBe('-1');
    expect(field('bidSpread').getAttribute('aria-invalid')).toBe('true');
    expect(said('bidSpread')).toContain('must be at least 0');
    expect(toJsonText(sent)).toBe('{"bidSpread":-1}');
  });

  it.each(['0.10', '123456789012345678901234567890.123456789', '1e-8', '1.0'])('keeps every digit of %s', (text) => {
    show({ schema: MARKET });
    type('bidSpread', text);
    expect(field('bidSpread').value).toBe(text);
    expect(toJsonText(sent)).toBe(`{"bidSpread":${text}}`);
  });

  it('says what it is measured in', () => {
    show({ schema: '{"properties":{"wait":{"type":"number","title":"Wait","x-unit":"ms"},"share":{"type":"number"}}}' });
    expect(said('wait')).toContain('in ms');
    expect(said('share')).not.toContain('in ');
  });

  it('stays as typed while it is none', () => {
    show({ schema: MARKET });
    type('bidSpread', '0.');
    expect(field('bidSpread').value).toBe('0.');
    expect(said('bidSpread')).toContain('must be number');
    type('bidSpread', '0,5');
    expect(sent).toEqual({ bidSpread: '0,5' });
  });

  it('falls back to nothing when emptied, or says that it is empty where there is a default', () => {
    show({ schema: MARKET, defaults: '{"bidSpread":0.1}', overrides: '{"layers":3}' });
    type('layers', '');
    expect(sent).toEqual({});
    type('bidSpread', '');
    expect(field('bidSpread').value).toBe('');
    expect(said('bidSpread')).toContain('must be number');
  });
});

describe('sources', () => {
  it('are told per field, and a reset brings the default back', () => {
    show({ schema: MARKET, defaults: '{"pair":"BTC/USDT","bidSpread":0.10}' });
    expect(said('bidSpread')).toContain('default of 1.0.3');
    type('bidSpread', '0.2');
    expect(said('bidSpread')).toContain('override');
    expect(said('pair')).toContain('default of 1.0.3');
    expect(said('layers')).toContain('not set');
    fireEvent.click(screen.getByRole('button', { name: 'reset to 0.10' }));
    expect(sent).toEqual({});
    expect(field('bidSpread').value).toBe('0.10');
  });

  it('send only what was overridden, and never what the schema calls a default', () => {
    show({ schema: MARKET, defaults: '{"pair":"BTC/USDT","numberOfLayers":1}' });
    expect(sent).toEqual({});
    type('pair', 'ETH/USDT');
    expect(sent).toEqual({ pair: 'ETH/USDT' });
  });
});

describe('what the form cannot draw', () => {
  it('is shown and edited as JSON', () => {
    show({ schema: MARKET, overrides: '{"pairOf":["a",1.50],"anything":{"deep":[1]}}' });
    expect(field('pairOf').value).toBe(toJsonText(parseJson('["a",1.50]'), 2));
    type('pairOf', '["b", 2.50]');
    expect(toJsonText(sent)).toBe('{"pairOf":["b",2.50],"anything":{"deep":[1]}}');
  });

  it('keeps text that is no JSON, says so, and changes nothing', () => {
    show({ schema: MARKET, overrides: '{"anything":1}' });
    type('anything', '{"a":');
    expect(field('anything').value).toBe('{"a":');
    expect(said('anything')).toContain('This is not JSON yet');
    expect(sent).toEqual({ anything: 1 });
  });

  it('includes members that the schema does not name', () => {
    show({ schema: MARKET, defaults: '{"numberOfLayers":1,"amountChangeType":"fixed"}' });
    const outside = document.getElementById('c__outside') as HTMLTextAreaElement;
    expect(parseJson(outside.value)).toEqual({ numberOfLayers: 1, amountChangeType: 'fixed' });
    fireEvent.change(outside, { target: { value: '{"numberOfLayers":2,"amountChangeType":"fixed"}' } });
    expect(sent).toEqual({ numberOfLayers: 2 });
  });

  it('includes values of another type than the schema says', () => {
    show({ schema: MARKET, overrides: '{"postOnly":"yes","levels":"none"}' });
    expect(field('postOnly').value).toBe('"yes"');
    expect(said('levels')).toContain('must be array');
  });
});

describe('lists, objects and choices', () => {
  it('have an error at the very item', () => {
    show({ schema: MARKET, overrides: '{"levels":[{"price":1},{"price":0}]}' });
    expect(said('levels_1_price')).toContain('must be greater than 0');
    expect(field('levels_0_price').getAttribute('aria-invalid')).toBeNull();
  });

  it('can be added to and taken from', () => {
    show({ schema: MARKET, overrides: '{"levels":[{"price":1},{"price":2}]}' });
    fireEvent.click(screen.getByRole('button', { name: 'Remove item 1' }));
    expect(sent).toEqual({ levels: [{ price: 2 }] });
    fireEvent.click(screen.getByRole('button', { name: 'Add to levels' }));
    expect((sent['levels'] as unknown[]).length).toBe(2);
  });

  it('offers the one value that is allowed, and sets it for nobody', () => {
    show({
      schema: `{"properties":{"mode":{"oneOf":[
        {"type":"object","title":"fixed","required":["kind"],"properties":{"kind":{"const":"fixed"},"x":{"type":"number"}}},
        {"type":"object","title":"moving","required":["kind"],"properties":{"kind":{"const":"moving"},"step":{"const":1.50}}}]}}}`,
    });
    expect(sent).toEqual({});
    const kind = field('mode_kind') as unknown as HTMLSelectElement;
    expect(kind.tagName).toBe('SELECT');
    const options = [...kind.options].map(({ text }) => text);
    expect(options.at(-1)).toBe('fixed');
    fireEvent.change(kind, { target: { value: [...kind.options].at(-1)?.value } });
    expect(toJsonText(sent)).toBe('{"mode":{"kind":"fixed"}}');
  });

  it('show a value that is not listed instead of hiding it', () => {
    show({ schema: MARKET, overrides: '{"side":"hold"}' });
    const select = field('side') as unknown as HTMLSelectElement;
    expect(select.selectedOptions[0]?.textContent).toContain('hold');
    expect(said('side')).toContain('must be one of: buy, sell');
    fireEvent.change(select, { target: { value: '1' } });
    expect(sent).toEqual({ side: 'sell' });
  });

  it('draw alternatives and conditions', () => {
    show({
      schema: `{"properties":{"mode":{"enum":["a","b"]},"price":{"oneOf":[{"type":"number","title":"Fixed"},{"type":"string","title":"Named"}]}},
        "if":{"properties":{"mode":{"const":"b"}},"required":["mode"]},"then":{"properties":{"extra":{"type":"string"}}}}`,
      overrides: '{"mode":"b","price":1.50}',
    });
    expect(field('extra')).not.toBeNull();
    expect(field('price').value).toBe('1.50');
  });
});

describe('alternatives', () => {
  const schema = '{"required":["price"],"properties":{"price":{"title":"The price","oneOf":[{"type":"number","minimum":1},{"type":"string"}]}}}';

  it('say once what is said of their place', () => {
    show({ schema, overrides: '{"price":0.5}' });
    expect(screen.getAllByText(/^The price/)).toHaveLength(1);
    expect(screen.getAllByText('override')).toHaveLength(1);
    expect(screen.getByLabelText(/^The price/)).toBe(field('price'));
    expect(screen.getAllByText('must have exactly one of the allowed forms', { exact: false, selector: '.schema-field *' })).toHaveLength(1);
  });

  it('are called in our words where they have no title', () => {
    show({ schema, overrides: '{"price":2}' });
    const select = screen.getByRole<HTMLSelectElement>('combobox');
    expect([...select.options].map(({ text }) => text)).toEqual(['Form 1', 'Form 2']);
  });
});

describe('the summary', () => {
  it('links every error to its field, missing ones too', () => {
    show({ schema: MARKET, overrides: '{"bidSpread":-1}' });
    const summary = within(screen.getByRole('alert'));
    expect(summary.getByText('2 things need your attention')).toBeTruthy();
    expect(summary.getByText('pair is required').getAttribute('href')).toBe('#c_pair');
    expect(summary.getByText('bidSpread: must be at least 0').getAttribute('href')).toBe('#c_bidSpread');
    expect(said('pair')).toContain('pair is required');
  });

  it('has what the server said, until its value changes', () => {
    const server = [{ pointer: '/pair', keyword: 'executor', message: 'binance does not trade X/Y' }];
    show({ schema: MARKET, overrides: '{"pair":"X/Y","bidSpread":1}', server });
    expect(said('pair')).toContain('binance does not trade X/Y');
    type('pair', 'BTC/USDT');
    expect(said('pair')).not.toContain('binance');
    expect(screen.queryByRole('alert')).toBeNull();
  });

  it('keeps labels, descriptions and names together', () => {
    show({ schema: MARKET });
    expect(screen.getByLabelText(/Trading pair/)).toBe(field('pair'));
    expect(said('pair')).toContain('As the venue writes it');
  });
});
