import { describe, expect, it } from 'vitest';
import { parseJson } from '../json/json-text';
import { tryValidate, validate, validateConfig } from './validate';
import { faultyField } from './violation';

const schema = parseJson(`{
  "type": "object", "required": ["pair", "exchangeName"], "additionalProperties": false,
  "$defs": {"spread": {"type": "number", "minimum": 0}},
  "properties": {
    "pair": {"type": "string"}, "exchangeName": {"type": "string"},
    "bidSpread": {"$ref": "#/$defs/spread"}, "side": {"enum": ["buy", "sell"]}
  }
}`);

describe('validate', () => {
  it('tells everything at once, with what each keyword asks for', () => {
    const found = validate(schema, parseJson('{"bidSpread":-1,"side":"hold","a/b":1}'));
    expect(found).toEqual(
      expect.arrayContaining([
        { pointer: '', keyword: 'required', limit: 'pair' },
        { pointer: '', keyword: 'required', limit: 'exchangeName' },
        { pointer: '/a~1b', keyword: 'additionalProperties' },
        { pointer: '/side', keyword: 'enum', limit: ['buy', 'sell'] },
        { pointer: '/bidSpread', keyword: 'minimum', limit: 0 },
      ]),
    );
    expect(found).toHaveLength(5);
  });

  it('finds the limit behind a reference', () => {
    expect(validate(schema, { pair: 'p', exchangeName: 'e', bidSpread: 'x' })).toEqual([
      { pointer: '/bidSpread', keyword: 'type', limit: 'number' },
    ]);
  });

  it('misses a missing member at its own field', () => {
    expect(faultyField({ pointer: '', keyword: 'required', limit: 'a/b' })).toBe('/a~1b');
    expect(faultyField({ pointer: '/x', keyword: 'minimum', limit: 0 })).toBe('/x');
  });
});

describe('validateConfig', () => {
  it('counts null as missing, once', () => {
    expect(validateConfig(schema, { pair: null, exchangeName: 'e' })).toEqual([
      { pointer: '', keyword: 'required', limit: 'pair' },
    ]);
  });
});

describe('tryValidate', () => {
  it('says why a schema cannot be used', () => {
    expect(tryValidate({ $ref: '#/$defs/none' }, {}).unusable).toContain('#/$defs/none');
    expect(tryValidate({ properties: { x: { pattern: '(' } } }, { x: 'a' }).unusable).toBeTruthy();
  });
});
