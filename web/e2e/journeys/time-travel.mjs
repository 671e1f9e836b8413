// The past of a definition and of an instance: a banner nobody can miss, and not a button that changes anything.
import assert from 'node:assert/strict';
import { Operator } from '../operator.mjs';
import { heading, notice, row, sees, seesNoMore } from '../see.mjs';
import { signIn } from '../sign-in.mjs';
import { STEADY_MAKER, keyOf, quoting } from '../steady-maker.mjs';

const { key } = STEADY_MAKER;

export async function journey({ server, page, shot }) {
  const operator = await Operator.signIn(server);
  const created = await operator.createDefinition(STEADY_MAKER);
  await operator.updateDefinition({ key, name: 'Hasty maker' });
  await operator.publish({ key, reason: 'Another name' });
  const started = await operator.start(quoting('ana'));
  await operator.updateDefinition({ key, defaultConfig: { ...STEADY_MAKER.defaultConfig, orderAmount: 99 } });
  const stopped = await operator.stop({ key: keyOf('ana'), reason: 'Enough' });
  await signIn(page, server);
  await looksAtTheDefinition(page, server, created.position, shot);
  await looksAtTheInstance(page, server, started.position, shot);
  await stepsThroughItsOwnEvents(page, server, started.position, stopped.position);
  await goesToADateAndATime(page, server);
  await seesNothingThatCameLater(page, server, { created: created.position, started: started.position }, shot);
  await findsTheMomentBehindManyEvents(page, server, operator, created.position);
  const running = await operator.start(quoting('ben'));
  await seesNoOrderThatCameLater(page, server, running.position, shot);
  await isNeverLeftWithoutAWayBack(page, server, shot);
}

async function looksAtTheDefinition(page, { baseUrl }, position, shot) {
  await page.goto(`${baseUrl}/definitions/${key}`);
  await sees(heading(page, 'Hasty maker'));
  await travel(page, 'yesterday');
  await sees(page.getByText('Give a position such as 1204').last());
  await travel(page, position);
  await seesTheBanner(page, position);
  await sees(heading(page, 'Steady maker'));
  await nothingCanBeDone(page, ['Edit', 'Publish', 'Disable']);
  await shot(page, 'definition');
  await page.getByRole('tab', { name: 'Versions' }).click();
  await page.getByRole('button', { name: 'One event earlier' }).click();
  await sees(page.getByText('It did not exist at that moment.'));
  await page.getByRole('button', { name: 'One event later' }).click();
  await sees(heading(page, 'Steady maker'));
  await page.getByRole('button', { name: 'Back to now' }).click();
  await sees(heading(page, 'Hasty maker'));
  await seesNoMore(banner(page));
}

async function looksAtTheInstance(page, { baseUrl }, position, shot) {
  await page.goto(`${baseUrl}/instances/${keyOf('ana')}`);
  await sees(page.getByText('Desired: stopped'));
  await travel(page, position);
  await seesTheBanner(page, position);
  await sees(page.getByText('Desired: running'));
  await nothingCanBeDone(page, ['Stop', 'Start again on another version', 'Change the config, then start']);
  await shot(page, 'instance');
  await page.getByRole('tab', { name: 'Runs' }).click();
  await nothingCanBeDone(page, ['Start with this config']);
  await page.reload();
  await seesTheBanner(page, position);
  await page.getByRole('button', { name: 'Back to now' }).click();
  await sees(page.getByText('Desired: stopped'));
}

/** Whatever else was recorded between them, and each step says what it leads to. */
async function stepsThroughItsOwnEvents(page, { baseUrl }, started, stopped) {
  assert.ok(Number(stopped) > Number(started) + 1, 'something of somebody else lies between');
  await page.goto(`${baseUrl}/instances/${keyOf('ana')}?asOf=${started}`);
  await seesTheBanner(page, started);
  await sees(banner(page).getByText(new RegExp(`#${started} · .* · started run 1`)));
  await sees(banner(page).getByText(new RegExp(`#${stopped} · .* · stopped run 1`)));
  await page.getByRole('button', { name: 'One event later' }).click();
  await seesTheBanner(page, stopped);
  await sees(banner(page).getByText('there is none'));
  assert.ok(await page.getByRole('button', { name: 'One event later' }).isDisabled());
  await page.getByRole('button', { name: 'One event earlier' }).click();
  await seesTheBanner(page, started);
}

async function goesToADateAndATime(page, { baseUrl }) {
  await page.goto(`${baseUrl}/instances/${keyOf('ana')}?asOf=1`);
  await page.getByLabel('Date and time (UTC)').fill('2020-01-01T00:00');
  await page.getByRole('button', { name: 'Go to that moment' }).click();
  await sees(page.getByRole('alert').getByText('You are looking at 2020-01-01T00:00:00.000Z.'));
  await page.getByLabel('Date and time (UTC)').fill('2090-01-01T00:00');
  await page.getByRole('button', { name: 'Go to that moment' }).click();
  await sees(page.getByText('Desired: stopped'));
}

/** What belongs to a thing is as old as the thing: versions, instances, runs and events after the moment are none. */
async function seesNothingThatCameLater(page, { baseUrl }, { created, started }, shot) {
  await page.goto(`${baseUrl}/definitions/${key}?asOf=${created}&tab=versions`);
  const versions = page.getByRole('table', { name: 'Versions' });
  await sees(row(versions, '1.0.0'));
  assert.equal(await versions.getAttribute('aria-rowcount'), '2', 'the heading and the one version there was');
  await page.getByRole('tab', { name: 'Instances' }).click();
  await sees(page.getByText('No instance fits'));
  await page.getByRole('tab', { name: 'History' }).click();
  await sees(page.getByText('What happened after this moment is left out.'));
  assert.equal(await page.getByRole('listitem').filter({ hasText: 'DefinitionCreated' }).count(), 1);
  assert.equal(await page.getByRole('listitem').filter({ hasText: 'DefinitionPublished' }).count(), 0);
  await shot(page, 'history');
  await page.getByRole('tab', { name: 'Overview' }).click();
  await sees(page.getByText('0 running of 0'));
  await page.goto(`${baseUrl}/definitions/${key}?asOf=${started}`);
  await page.getByRole('link', { name: '1 running of 1' }).click();
  await sees(row(page, keyOf('ana')).getByText('running').first());
  await page.goto(`${baseUrl}/instances/${keyOf('ana')}?asOf=${started}&tab=runs`);
  await sees(row(page, 'still running'));
  await page.getByRole('tab', { name: 'Events' }).click();
  await sees(page.getByText('What happened after this moment is left out.'));
  assert.equal(await page.getByText('“Enough”').count(), 0);
  await page.getByRole('tab', { name: 'State' }).click();
  await sees(page.getByText('No executor has taken the run up yet.'));
}

/** More has happened since than one look at the history shows: it begins at the moment all the same. */
async function findsTheMomentBehindManyEvents(page, { baseUrl }, operator, created) {
  for (let amount = 100; amount < 160; amount += 1) {
    await operator.updateDefinition({ key, defaultConfig: { ...STEADY_MAKER.defaultConfig, orderAmount: amount } });
  }
  await page.goto(`${baseUrl}/definitions/${key}?asOf=${created}&tab=history`);
  await sees(page.getByRole('listitem').filter({ hasText: 'DefinitionCreated' }));
  assert.equal(await page.getByRole('listitem').filter({ hasText: 'DefinitionUpdated' }).count(), 0);
}

/** A run's chart and timeline end with the moment, whatever was ordered since. */
async function seesNoOrderThatCameLater(page, { baseUrl }, started, shot) {
  const instance = `${baseUrl}/instances/${keyOf('ben')}`;
  await page.goto(`${instance}?tab=chart`);
  await sees(page.getByRole('heading', { level: 2, name: 'Orders', exact: true }));
  await page.goto(`${instance}?tab=chart&asOf=${started}`);
  await sees(page.getByText('No order was decided yet'));
  await shot(page, 'no-order-yet');
  await page.getByRole('tab', { name: 'Timeline' }).click();
  await sees(page.getByText('Nothing happened yet'));
}

/** Before it existed, beyond the end of the log, and a moment that is none: never the present, and never without a way to it. */
async function isNeverLeftWithoutAWayBack(page, { baseUrl }, shot) {
  for (const path of [`/definitions/${key}`, `/instances/${keyOf('ana')}`]) {
    for (const [asOf, said, why] of [
      ['2020-01-01T00:00:00Z', 'You are looking at 2020-01-01T00:00:00.000Z. This is the past', 'It did not exist at that moment.'],
      ['99999999', /You are looking at position 99.999.999 of \d+\. This is the past/, /^the last position is \d+$/],
      ['yesterday', 'The address asks for the moment “yesterday”, which is none: nothing is shown.', /^Give a position such as 1204/],
    ]) {
      await page.goto(`${baseUrl}${path}?asOf=${asOf}`);
      await sees(page.getByRole('alert').getByText(said));
      await sees(page.getByRole('heading', { level: 2, name: why }));
      assert.equal(await page.getByRole('tab').count(), 0, 'nothing is shown');
      await page.getByRole('button', { name: 'Back to now' }).click();
      await sees(page.getByRole('tab').first());
    }
  }
  await page.goto(`${baseUrl}/definitions/${key}?asOf=yesterday`);
  await sees(page.getByRole('button', { name: 'Back to now' }));
  await shot(page, 'no-moment');
  await mayAskAgain(page, baseUrl);
  await page.goto(`${baseUrl}/definitions/${key}/changes?from=1&to=yesterday`);
  await sees(page.getByText('Give a position such as 1204').first());
  assert.equal(await page.getByRole('heading', { name: 'What changed' }).count(), 0, 'nothing is compared with now');
}

/** What is only not read yet is there later: the server is asked again. */
async function mayAskAgain(page, baseUrl) {
  const behind = { message: 'The past is still being read', extensions: { code: 'BEHIND' } };
  await page.route('**/graphql', (route) => {
    const asked = route.request().postData()?.includes('query Instance(');
    return asked ? route.fulfill({ json: { data: null, errors: [behind] } }) : route.fallback();
  });
  await page.goto(`${baseUrl}/instances/${keyOf('ana')}?asOf=2090-01-01T00:00:00Z`);
  await sees(page.getByText('The past is still being read'));
  await page.unrouteAll({ behavior: 'wait' });
  await page.getByRole('button', { name: 'Try again' }).click();
  await sees(page.getByRole('tab').first());
}

const banner = (page) => page.getByRole('alert').filter({ hasText: 'You are looking at position' });

async function travel(page, to) {
  const open = page.getByRole('textbox', { name: 'As of' });
  if (!(await open.isVisible())) await page.getByRole('button', { name: 'Look at the past' }).click();
  await open.fill(to);
  await page.getByRole('button', { name: 'Go there' }).click();
}

async function seesTheBanner(page, position) {
  await sees(banner(page).getByText(new RegExp(`You are looking at position ${position} of \\d+\\. This is the past`)));
}

/** Each says why, and pressing it does nothing. */
async function nothingCanBeDone(page, buttons) {
  for (const name of buttons) {
    const button = page.locator('.frame-main > :not(.banner)').getByRole('button', { name: new RegExp(`^${name}`) }).first();
    assert.equal(await button.getAttribute('aria-disabled'), 'true', name);
    await button.click({ force: true });
  }
  assert.equal(await page.getByRole('dialog').count(), 0);
  assert.equal(await notice(page, /./).count(), 0);
}
