import { expect, it } from 'vitest';
import { fieldsNamed, fixedFields, splitConfig, updatablePart } from './updatable';

const schema = {
  type: 'object',
  required: ['pair', 'bidSpread'],
  additionalProperties: false,
  properties: {
    pair: { type: 'string', title: 'Pair' },
    bidSpread: { $ref: '#/$defs/fraction', title: 'Bid spread', description: 'Below the reference price', 'x-updatable': true },
    layers: { type: 'integer', 'x-updatable': true },
    venue: { type: 'string', 'x-updatable': 'true' },
  },
  $defs: { fraction: { type: 'number' } },
};
const config = { pair: 'BTC/USDT', bidSpread: 0.1, userId: 'ana', extra: 1 };

it('is the fields that say so, with what they refer to and which of them are required', () => {
  expect(updatablePart(schema)).toEqual({
    type: 'object',
    required: ['bidSpread'],
    properties: { bidSpread: schema.properties.bidSpread, layers: schema.properties.layers },
    $defs: schema.$defs,
  });
});

it('is nothing where no field says so', () => {
  expect(updatablePart({ properties: { pair: schema.properties.pair } })).toBeUndefined();
  expect(updatablePart(true)).toBeUndefined();
});

it('leaves everything else as it is', () => {
  expect(splitConfig(config, updatablePart(schema) ?? {})).toEqual({
    may: { bidSpread: 0.1 },
    stays: { pair: 'BTC/USDT', userId: 'ana', extra: 1 },
  });
});

it('names what stays, without what the server sets', () => {
  expect(fixedFields(schema, config, new Set(['userId']))).toEqual([
    { name: 'pair', title: 'Pair', value: 'BTC/USDT' },
    { name: 'venue', title: undefined, value: undefined },
    { name: 'extra', title: undefined, value: 1 },
  ]);
});

it('finds a field by its name, its title and what it is about', () => {
  const part = updatablePart(schema) ?? {};
  const found = (words: string) => Object.keys(fieldsNamed(part, words)['properties'] ?? {});
  expect(found(' ')).toEqual(['bidSpread', 'layers']);
  expect(found('bid S')).toEqual(['bidSpread']);
  expect(found('LAYERS')).toEqual(['layers']);
  expect(found('reference')).toEqual(['bidSpread']);
  expect(found('pair')).toEqual([]);
});
