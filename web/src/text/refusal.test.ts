import { expect, it } from 'vitest';
import { inWords, type UserError } from '../command/user-error';
import { en } from './en';
import { zh } from './zh';

const refused = (parts: Partial<UserError>): UserError => ({
  code: 'INVALID_CONFIG', message: 'Config field bidSpread must be >= 0', pointer: '/config/bidSpread', keyword: 'minimum', phrase: null, params: null, ...parts,
});
const said = (parts: Partial<UserError>) => inWords([refused(parts)], zh)[0]?.message;

it('is the server’s own sentence in English', () => {
  expect(inWords([refused({})], en)).toEqual([refused({})]);
});

it('is said in Chinese by its code or its keyword, with the server’s sentence beside it', () => {
  expect(said({})).toBe('数值过小（Config field bidSpread must be >= 0）');
  expect(said({ code: 'VERSION_TAKEN', keyword: null, message: 'Version 1.0.1 already exists' })).toBe('此版本已存在（Version 1.0.1 already exists）');
  expect(said({ keyword: 'executor' })).toBe('配置不符合要求（Config field bidSpread must be >= 0）');
});

it('is said whole where the server tells what its sentence says', () => {
  const subject = { code: 'CONFIG_FIELD', params: { path: 'bidSpread' } };
  expect(said({ phrase: { code: 'MUST_BE_AT_LEAST', params: { subject, limit: '0' } } })).toBe('配置字段 bidSpread 不得小于 0');
});

it('needs no other sentence where code and place say everything', () => {
  expect(said({ code: 'REASON_REQUIRED', pointer: '/reason', keyword: null, message: 'Say why' })).toBe('请说明原因：它会写入历史');
  expect(said({ code: 'INVALID_INPUT', pointer: '/userId', keyword: 'required', message: 'userId is required' })).toBe('userId 为必填');
});
