import { describe, expect, it } from 'vitest';
import { parseJson } from '../json/json-text';
import { en } from '../text/en';
import { changeSentences, sameContent, type Content } from './sentences';
import { differences } from './structure';

const content = (schema: string, defaults: string, name = 'N'): Content => ({
  name,
  configSchema: parseJson(schema),
  defaultConfig: parseJson(defaults),
});
const sentences = (before: Content, after: Content) => changeSentences(before, after, en);

describe('differences', () => {
  it('are the deepest places, what is gone last', () => {
    const before = parseJson('{"a":{"x":1,"y":2},"gone":0,"list":["p","q"],"levels":[{"price":1}]}');
    const after = parseJson('{"a":{"x":1.0,"y":3},"list":["q"],"levels":[{"price":2},{"price":3}],"new":null}');
    expect(differences(before, after)).toEqual([
      { pointer: '/a/y', kind: 'changed', before: 2, after: 3 },
      { pointer: '/list', kind: 'changed', before: ['p', 'q'], after: ['q'] },
      { pointer: '/levels/0/price', kind: 'changed', before: 1, after: 2 },
      { pointer: '/levels/1', kind: 'added', after: { price: 3 } },
      { pointer: '/new', kind: 'added', after: null },
      { pointer: '/gone', kind: 'removed', before: 0 },
    ]);
  });

  it('are none where only order or notation differ', () => {
    expect(differences(parseJson('{"a":0.10,"b":[1]}'), parseJson('{"b":[1.0],"a":0.1}'))).toEqual([]);
  });
});

describe('sentences', () => {
  it('tell of defaults', () => {
    expect(
      sentences(content('{}', '{"askSpread":0.1,"old":1}'), content('{}', '{"askSpread":0.20,"layers":3}')),
    ).toEqual(['askSpread: default 0.1 → 0.20', 'layers: default 3 added', 'old: default 1 removed']);
  });

  it('tell of properties that come, go and become required', () => {
    const before = content('{"required":["pair"],"properties":{"pair":{"type":"string"},"x":{},"y":{"type":"number"}}}', '{}');
    const after = content(
      '{"required":["pair","y","z"],"properties":{"pair":{"type":"string"},"y":{"type":"number"},"z":{"type":"number"},"hangingOrdersEnabled":{"type":"boolean"}}}',
      '{}',
    );
    expect(sentences(before, after)).toEqual([
      'y: is now required',
      'z: added, required (number)',
      'hangingOrdersEnabled: added, optional (boolean)',
      'x: removed',
    ]);
  });

  it('tell of limits, at any depth', () => {
    const schema = (minimum: string) =>
      `{"properties":{"levels":{"type":"object","properties":{"price":{"minimum":${minimum}}}}}}`;
    expect(sentences(content(schema('0'), '{}'), content(schema('1e-8'), '{}'))).toEqual([
      'levels.price: minimum 0 → 1e-8',
    ]);
  });

  it('tell of everything else by its place', () => {
    expect(
      sentences(content('{"additionalProperties":false}', '{}', 'A'), content('{"allOf":[true]}', '{}', 'B')),
    ).toEqual(['name: A → B', 'schema allOf: – → [true]', 'schema additionalProperties: false → –']);
  });

  it('cut what nobody would read', () => {
    const long = 'x'.repeat(200);
    expect(sentences(content('{}', '{}'), content('{}', `{"note":"${long}"}`))[0]).toHaveLength('note: default  added'.length + 58);
  });

  it('are none for the same content', () => {
    const one = content('{"a":1.0}', '{"b":[1]}');
    expect(sentences(one, content('{"a":1}', '{"b":[1]}'))).toEqual([]);
    expect(sameContent(one, content('{"a":1}', '{"b":[1]}'))).toBe(true);
    expect(sameContent(one, content('{"a":2}', '{"b":[1]}'))).toBe(false);
  });
});
