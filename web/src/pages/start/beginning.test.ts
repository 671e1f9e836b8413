import { expect, it } from 'vitest';
import { carriedOf, whoIn } from './beginning';

it('comes back from being tried as it was left', () => {
  const left = { userId: 'ana', clientId: 'c1', orderId: '', reason: 'a wider spread' };
  expect(carriedOf(left)).toEqual({ user: 'ana', client: 'c1', order: undefined, reason: 'a wider spread' });
  expect(whoIn(carriedOf(left))).toEqual(left);
});

it('begins with who it ran for before, unless somebody said otherwise', () => {
  const before = { userId: 'ana', clientId: 'c1', marketMakingOrderId: 'o1' };
  expect(whoIn({}, before)).toEqual({ userId: 'ana', clientId: 'c1', orderId: 'o1', reason: '' });
  expect(whoIn({ user: 'ben' }, before)).toMatchObject({ userId: 'ben', clientId: 'c1' });
});
