// Pages that are only looked at have what others start and stop meanwhile: lists inside other pages, and counts.
import { Operator } from '../operator.mjs';
import { heading, row, sees, until } from '../see.mjs';
import { signIn } from '../sign-in.mjs';
import { STEADY_MAKER, keyOf, quoting } from '../steady-maker.mjs';

const { key, executorType } = STEADY_MAKER;

export async function journey({ server, page: instances }) {
  const operator = await Operator.signIn(server);
  await operator.createDefinition(STEADY_MAKER);
  await operator.start(quoting('ana'));
  await signIn(instances, server);
  const [versions, executors] = [await instances.context().newPage(), await instances.context().newPage()];
  await instances.goto(`${server.baseUrl}/definitions/${key}?tab=instances`);
  await sees(row(instances, keyOf('ana')).getByText('running').first());
  await versions.goto(`${server.baseUrl}/definitions/${key}?tab=versions`);
  await executors.goto(`${server.baseUrl}/executors`);
  await sees(heading(executors, 'Executors'));
  await allSay(versions, executors, 1);
  await operator.start(quoting('ben'));
  await sees(row(instances, keyOf('ben')).getByText('running').first());
  await allSay(versions, executors, 2);
  await operator.stop({ key: keyOf('ben'), reason: 'Enough' });
  await until('it has stopped', async () => (await row(instances, keyOf('ben')).getByText('stopped', { exact: true }).count()) === 2);
  await allSay(versions, executors, 1);
}

async function allSay(versions, executors, running) {
  await sees(row(versions.getByRole('table', { name: 'Versions' }), '1.0.0').getByRole('cell', { name: String(running), exact: true }));
  const executor = executors.locator('section').filter({ has: executors.getByRole('heading', { name: executorType, exact: true }) });
  await sees(executor.getByText(running === 1 ? '1 instance running' : `${running} instances running`, { exact: true }));
}
