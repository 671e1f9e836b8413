// Stopping what has orders at a venue so that they stay there, and taking them off with another stop.
import assert from 'node:assert/strict';
import { Inspector } from '../inspect.mjs';
import { Operator } from '../operator.mjs';
import { notice, sees, until } from '../see.mjs';
import { signIn } from '../sign-in.mjs';
import { STEADY_MAKER, keyOf } from '../steady-maker.mjs';

const ANA = keyOf('ana');

export async function journey({ server, page, shot }) {
  const operator = await Operator.signIn(server);
  await operator.createDefinition(STEADY_MAKER);
  await operator.start({ definitionKey: STEADY_MAKER.key, userId: 'ana', clientId: 'desk' });
  await until('it quotes', async () => (await ordersOf(operator)) > 0);
  await signIn(page, server);
  const inspector = new Inspector(page, shot);
  await page.goto(`${server.baseUrl}/instances/${ANA}`);
  await stops(page, /^Leave its orders at the venue/, 'The venue is looked after by hand');
  await sees(page.getByText('Observed: stopping'));
  await inspector.look('orders-left');
  assert.ok((await ordersOf(operator)) > 0, 'its orders are still there');
  await stops(page, /what it holds stays$/, 'They are not needed any more');
  await sees(page.getByText('Observed: stopped'));
  assert.equal(await ordersOf(operator), 0);
  inspector.conclude();
}

async function stops(page, choice, reason) {
  await page.getByRole('button', { name: 'Stop', exact: true }).click();
  const dialog = page.getByRole('dialog', { name: `Stop ${ANA}` });
  await dialog.getByRole('radio', { name: choice }).check();
  await dialog.getByRole('textbox', { name: 'Reason' }).fill(reason);
  await dialog.getByRole('button', { name: 'Stop', exact: true }).click();
  await sees(notice(page, new RegExp(`${ANA} stopped: confirmed by InstanceStopped at position \\d+`)).first());
}

async function ordersOf(operator) {
  const query = `{ execution(instanceKey: "${ANA}", run: 1) { liveOrders } }`;
  return (await operator.ask(query)).execution?.liveOrders ?? 0;
}
