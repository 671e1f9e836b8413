import { expect, it } from 'vitest';
import { parseJson, toJsonText } from '../json/json-text';
import type { JsonObject } from '../json/value';
import { changedConfig, changesAfterEdit, changeSourceOf, realChanges } from './changes';

const object = (text: string) => parseJson(text) as JsonObject;
const current = object('{"bidSpread":0.1,"layers":3,"band":{"low":1},"note":null}');

it('is what an edit makes different, as it was typed', () => {
  const edited = object('{"bidSpread":0.20,"layers":3,"band":{"low":2},"note":null,"side":"buy"}');
  expect(toJsonText(changesAfterEdit(current, edited))).toBe('{"bidSpread":0.20,"band":{"low":2},"side":"buy"}');
});

it('takes out what the edit no longer has', () => {
  const changes = changesAfterEdit(current, object('{"bidSpread":0.1,"band":{"low":1},"note":null}'));
  expect(changes).toEqual({ layers: null });
  expect(Object.keys(changedConfig(current, changes))).toEqual(['bidSpread', 'band', 'note']);
});

it('keeps a number as it is being typed, and sends none that is the same', () => {
  const changes = changesAfterEdit(current, { ...current, ...object('{"bidSpread":0.10}') });
  expect(toJsonText(changedConfig(current, changes)['bidSpread'])).toBe('0.10');
  expect(realChanges(current, changes)).toEqual({});
  expect(changeSourceOf(current, changes, 'bidSpread')).toBe('current');
});

it('sends nothing about a member that is not there and goes', () => {
  expect(realChanges(current, object('{"side":null,"layers":null,"note":null}'))).toEqual({ layers: null, note: null });
});

it('tells what became of each member', () => {
  const changes = object('{"bidSpread":0.2,"layers":null}');
  expect(['bidSpread', 'layers', 'band', 'side'].map((name) => changeSourceOf(current, changes, name))).toEqual([
    'changed', 'taken-out', 'current', 'unset',
  ]);
});
