import { expect, it } from 'vitest';
import { conflictIn, errorsElsewhere, violationsUnder, type UserError } from './user-error';

const error = (parts: Partial<UserError>): UserError => ({
  code: 'INVALID_CONFIG', message: 'm', pointer: null, keyword: null, phrase: null, params: null, ...parts,
});

it('puts refusals at the fields they name', () => {
  const errors = [
    error({ pointer: '/config/bidSpread', keyword: 'minimum', message: 'too small' }),
    error({ pointer: '/configuration', message: 'other' }),
    error({ pointer: '/reason', code: 'REASON_REQUIRED' }),
    error({}),
  ];
  expect(violationsUnder(errors, 'config')).toEqual([{ pointer: '/bidSpread', keyword: 'minimum', message: 'too small' }]);
  expect(violationsUnder(errors, 'reason')).toEqual([{ pointer: '', keyword: 'REASON_REQUIRED', message: 'm' }]);
  expect(errorsElsewhere(errors, ['config', 'reason'])).toEqual([errors[1], errors[3]]);
});

it('finds who was faster', () => {
  const params = { expected: 3, actual: 4, type: 'DefinitionPublished', actor: 'ana', at: '2026-11-22T09:00:00Z', position: '77' };
  expect(conflictIn([error({ code: 'CONFLICT', params })])).toEqual({
    revision: 4, actor: 'ana', type: 'DefinitionPublished', at: '2026-11-22T09:00:00Z', position: '77',
  });
  expect(conflictIn([error({ code: 'CONFLICT' })])).toMatchObject({ revision: undefined, actor: undefined });
  expect(conflictIn([error({})])).toBeUndefined();
});
