import { expect, it } from 'vitest';
import { readPreferences } from './preferences';

it('reads what it wrote and ignores what it does not know', () => {
  const stored = JSON.stringify({ times: 'local', density: 'cosy', language: 'zh', theme: 'pink' });
  expect(readPreferences(stored, ['en-GB'])).toEqual({ times: 'local', density: 'comfortable', language: 'zh' });
});

it.each([null, 'no json', '7', 'null', '[]'])('starts afresh from %s', (stored) => {
  expect(readPreferences(stored, ['en'])).toEqual({ times: 'utc', density: 'comfortable', language: 'en' });
});

it('speaks the language of the browser at first', () => {
  expect(readPreferences(null, ['zh-CN', 'en']).language).toBe('zh');
});
