import { describe, expect, it } from 'vitest';
import { addDecimals, compareDecimals, isInteger, isMultipleOf } from './decimal';
import { ExactNumber, isJsonNumber, numberFromText } from './exact-number';
import { hasExactNumber, isPlainJson } from './plain-json';
import { joinPointer, pathOf, pointerOf, valueAt, withValueAt } from './pointer';
import { canonicalText, parseJson, toJsonText } from './json-text';
import { jsonEqual, withDoubles } from './value';

describe('JSON text', () => {
  it.each([
    '{"price":0.10}',
    '{"price":123456789012345678901234567890.123456789}',
    '[1.0,1e-8,-0,1E5,0.1,42]',
    '{"a":{"b":[null,true,"x\\u0000"]}}',
  ])('comes back as it was typed: %s', (text) => {
    expect(toJsonText(parseJson(text))).toBe(text);
  });

  it('keeps plain numbers plain and the others exact', () => {
    expect(numberFromText('0.1')).toBe(0.1);
    expect(numberFromText('0.10')).toEqual(new ExactNumber('0.10'));
    expect(numberFromText('9007199254740993')).toBeInstanceOf(ExactNumber);
  });

  it('refuses a name that says two things', () => {
    expect(() => parseJson('{"a":1,"a":2}')).toThrow(SyntaxError);
  });

  it('knows what a JSON number looks like', () => {
    for (const text of ['0', '-1', '1.50', '1e-8', '1E+5']) expect(isJsonNumber(text), text).toBe(true);
    for (const text of ['', '01', '.5', '1.', '+1', '1e', '0x1', '1,5', ' 1', 'NaN']) {
      expect(isJsonNumber(text), text).toBe(false);
    }
  });

  it('sorts members at every level for canonical text', () => {
    expect(canonicalText(parseJson('{"b":1.0,"a":[{"d":1,"c":2}],"B":0}'))).toBe('{"B":0,"a":[{"c":2,"d":1}],"b":1.0}');
  });

  it('hands libraries doubles', () => {
    expect(withDoubles(parseJson('{"a":[0.10]}'))).toEqual({ a: [0.1] });
  });
});

describe('equality', () => {
  it.each([
    ['1', '1.0', true],
    ['0.1', '0.10', true],
    ['0.1', '0.10000000000000000001', false],
    ['{"a":1,"b":2}', '{"b":2,"a":1}', true],
    ['[1,2]', '[2,1]', false],
    ['"1"', '1', false],
    ['{}', '[]', false],
    ['null', 'false', false],
    ['{"a":null}', '{}', false],
  ])('%s and %s: %s', (left, right, equal) => {
    expect(jsonEqual(parseJson(left), parseJson(right))).toBe(equal);
  });
});

describe('decimals', () => {
  it('compares beyond what a double holds', () => {
    expect(compareDecimals('0.1', '0.10000000000000000001')).toBe(-1);
    expect(compareDecimals('1e3', '1000')).toBe(0);
    expect(compareDecimals('-0', '0')).toBe(0);
    expect(compareDecimals('x', '0')).toBeUndefined();
  });

  it('finds multiples of the smallest steps', () => {
    expect(isMultipleOf('0.3', '0.1')).toBe(true);
    expect(isMultipleOf('0.00000003', '1e-8')).toBe(true);
    expect(isMultipleOf('0.000000015', '1e-8')).toBe(false);
    expect(isInteger('1.0')).toBe(true);
    expect(isInteger('1.5')).toBe(false);
  });
});

describe('pointers', () => {
  it('escapes names', () => {
    expect(joinPointer('', 'a/b~c')).toBe('/a~1b~0c');
    expect(pathOf('/a~1b~0c/0')).toEqual(['a/b~c', '0']);
    expect(pointerOf(['levels', 0, 'price'])).toBe('/levels/0/price');
  });

  it('reads and changes one place', () => {
    const value = parseJson('{"a":[{"b":1},2]}');
    expect(valueAt(value, ['a', 0, 'b'])).toBe(1);
    expect(valueAt(value, ['a', 'b', 'c'])).toBeUndefined();
    expect(withValueAt(value, ['a', 0, 'b'], 5)).toEqual({ a: [{ b: 5 }, 2] });
    expect(withValueAt(value, ['a'], undefined)).toEqual({});
    expect(withValueAt(undefined, ['x', 'y'], 1)).toEqual({ x: { y: 1 } });
    expect(valueAt({}, ['constructor'])).toBeUndefined();
  });
});

describe('plain JSON', () => {
  it.each([
    ['{"a":0.1,"b":[1,-2],"c":"0.10","at":"2026-11-22T20:50:16.345310Z"}', true],
    ['{"a":0.10}', false],
    ['[1,\n 123456789012345678901]', false],
    ['{"a":-0}', false],
    ['{"a":1E5}', false],
    ['{"a":"x, 1.0 ,"}', false],
  ])('%s: %s', (text, plain) => {
    expect(isPlainJson(text)).toBe(plain);
  });

  it('has no exact numbers', () => {
    expect(hasExactNumber({ a: [null, { b: new ExactNumber('1.0') }] })).toBe(true);
    expect(hasExactNumber({ a: [null, 'x', 1] })).toBe(false);
  });
});

describe('sums of decimals', () => {
  it.each([
    ['0.1', '0.2', '0.3'],
    ['-10', '10', '0'],
    ['0.10', '-1.25', '-1.15'],
    ['1e3', '1', '1001'],
    ['12345678901234567890.5', '0.00000000000000000001', '12345678901234567890.50000000000000000001'],
    ['1', 'x', undefined],
  ])('%s + %s = %s', (left, right, sum) => {
    expect(addDecimals(left, right)).toBe(sum);
  });
});
