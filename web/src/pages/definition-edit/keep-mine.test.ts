import { expect, it } from 'vitest';
import { parseJson } from '../../json/json-text';
import { en } from '../../text/en';
import { draftOf, type DraftContent } from './draft';
import { bothSentence, draftOnLatest, keepMine } from './keep-mine';

const BASE: DraftContent = {
  name: 'Maker',
  description: null,
  executorType: 'pmm',
  visibility: 'public',
  configSchema: parseJson('{"properties":{"a":{"minimum":0},"b":{"minimum":0}}}'),
  defaultConfig: parseJson('{"askSpread":0.002,"orderAmount":5}'),
};
const but = (change: Partial<DraftContent>): DraftContent => ({ ...BASE, ...change });

it('keeps what the other person saved, and what was typed here', () => {
  const mine = but({ description: 'Calm', defaultConfig: parseJson('{"askSpread":0.002,"orderAmount":8}') });
  const latest = but({ name: 'Steady maker', defaultConfig: parseJson('{"askSpread":0.0030,"orderAmount":5}') });
  expect(keepMine(BASE, mine, latest)).toEqual({
    content: but({ name: 'Steady maker', description: 'Calm', defaultConfig: parseJson('{"askSpread":0.0030,"orderAmount":8}') }),
    both: [],
  });
});

it('names what both changed, from theirs to mine', () => {
  const schema = (minimum: number) => parseJson(`{"properties":{"a":{"minimum":${minimum}},"b":{"minimum":0}}}`);
  const mine = but({ name: 'Bold', configSchema: schema(1), defaultConfig: parseJson('{"askSpread":0.004,"orderAmount":5}') });
  const latest = but({ name: 'Steady', configSchema: schema(2), defaultConfig: parseJson('{"orderAmount":6}') });
  const { content, both } = keepMine(BASE, mine, latest);
  expect(both.map((touched) => bothSentence(touched, en))).toEqual([
    'name: Steady → Bold',
    'schema properties.a.minimum: 2 → 1',
    'askSpread: default – → 0.004',
  ]);
  expect(content).toEqual(but({ name: 'Bold', configSchema: schema(1), defaultConfig: parseJson('{"orderAmount":6,"askSpread":0.004}') }));
});

it('leaves the text alone into which nothing of theirs came', () => {
  const draft = { ...draftOf(BASE), defaultsText: '{"askSpread": 0.002,   "orderAmount": 8}' };
  const next = draftOnLatest(BASE, draft, but({ name: 'Steady maker' }));
  expect(next).toEqual({ ...draft, name: 'Steady maker' });
});
