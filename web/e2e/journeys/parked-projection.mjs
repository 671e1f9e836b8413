// The tables of another installation were put in place: a projection meets an event that makes no sense there, and stands
// still. The pages say so, and a rebuild from the log mends it.
import { Inspector } from '../inspect.mjs';
import { Operator } from '../operator.mjs';
import { row, sees, until } from '../see.mjs';
import { withServer } from '../server.mjs';
import { signIn } from '../sign-in.mjs';
import { STEADY_MAKER, keyOf, quoting } from '../steady-maker.mjs';

const TABLE = 'strategy_instances';

export const store = { tablesApart: true };

export async function journey({ server, page, shot }) {
  const operator = await Operator.signIn(server);
  await operator.createDefinition(STEADY_MAKER);
  await operator.start(quoting('ana'));
  await withServer(server.program, store, async (other) => {
    await edits(await Operator.signIn(other), 20);
    await other.kill();
    // The other's tables have seen fewer events, and among them nothing of ana's beginning
    for (let edit = 0; edit < 30; edit += 1) await operator.updateDefinition({ key: STEADY_MAKER.key, description: `Edit ${edit}` });
    await server.kill();
    await server.takeTablesOf(other);
  });
  await server.start('live');
  await signIn(page, server);
  const inspector = new Inspector(page, shot);
  await sees(page.getByRole('link', { name: `${TABLE} is parked and needs a person` }));
  await inspector.look('overview');
  await page.goto(`${server.baseUrl}/projections`);
  const card = page.getByRole('region', { name: TABLE });
  await sees(card.getByText(/^Stopped at position/));
  await inspector.look('projections');
  await page.goto(`${server.baseUrl}/instances`);
  await sees(page.getByText(/^The tables are behind the log/));
  await inspector.look('instances');
  await resumesInVain(page, server, card, inspector);
  await rebuilds(page, server, card);
  inspector.conclude();
}

async function edits(operator, times) {
  await operator.createDefinition(STEADY_MAKER);
  for (let edit = 0; edit < times; edit += 1) await operator.updateDefinition({ key: STEADY_MAKER.key, description: `Edit ${edit}` });
}

async function resumesInVain(page, { baseUrl }, card, inspector) {
  await page.goto(`${baseUrl}/projections`);
  await card.getByRole('button', { name: 'Try again' }).click();
  const dialog = page.getByRole('dialog');
  await sees(dialog.getByRole('textbox', { name: 'Reason' }));
  await inspector.look('resume');
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('Perhaps it was nothing');
  await dialog.getByRole('button', { name: 'Try again' }).click();
  await dialog.waitFor({ state: 'detached' });
  await sees(card.getByText(/^Stopped at position/));
}

async function rebuilds(page, { baseUrl }, card) {
  await card.getByRole('button', { name: 'Rebuild' }).click();
  const dialog = page.getByRole('dialog');
  await dialog.getByRole('textbox', { name: `Type ${TABLE} to confirm` }).fill(TABLE);
  await dialog.getByRole('textbox', { name: 'Reason' }).fill('The tables were not ours');
  await dialog.getByRole('button', { name: 'Rebuild', exact: true }).click();
  await until('it follows the log again', async () => (await card.getByText('following', { exact: true }).count()) > 0);
  await page.goto(`${baseUrl}/instances`);
  await sees(row(page, keyOf('ana')).getByText('running').first());
}
