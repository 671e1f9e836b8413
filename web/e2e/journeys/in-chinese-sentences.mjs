// What the server says in sentences, read in Chinese: what happened, what was decided, what changed, what is wrong; and what somebody wrote, as it was written.
import { Operator } from '../operator.mjs';
import { sees, until } from '../see.mjs';
import { signIn } from '../sign-in.mjs';
import { STEADY_MAKER, keyOf, quoting } from '../steady-maker.mjs';

const { key, configSchema, defaultConfig } = STEADY_MAKER;
const KEY = keyOf('ana');

export async function journey({ page, server, shot }) {
  const operator = await Operator.signIn(server);
  await operator.createDefinition(STEADY_MAKER);
  await operator.start(quoting('ana'));
  await signIn(page, server);
  await page.getByRole('button', { name: 'Display' }).click();
  await page.getByText('中文', { exact: true }).click();
  await sees(page.getByRole('heading', { level: 1, name: '概览' }));
  await readsWhatHappened(page, server, shot);
  await readsWhatWasDecided(page, server, operator, shot);
  await changesTheDraft(operator);
  await readsWhatIsWrong(page, server, shot);
  await readsWhatPublishingMeans(page, shot);
  await readsWhatChanged(page, server, shot);
}

/** On the overview, among all events, in a stream's history. */
async function readsWhatHappened(page, { baseUrl }, shot) {
  const started = `以 ${key} 1.0.0 启动第 1 次运行`;
  await sees(page.getByText(started));
  await sees(page.getByText('创建，版本 1.0.0').first());
  await page.goto(`${baseUrl}/events?streamType=strategy_instance`);
  await sees(page.getByRole('cell', { name: started }));
  await page.goto(`${baseUrl}/events?streamType=execution`);
  await sees(page.getByRole('cell', { name: /^决定买入 5 WLD\/USDT，价格 [\d.]+（/ }).first());
  await shot(page, 'events');
  await page.goto(`${baseUrl}/instances/${KEY}?tab=events`);
  await sees(page.getByText(started));
}

async function readsWhatWasDecided(page, { baseUrl }, operator, shot) {
  await page.goto(`${baseUrl}/instances/${KEY}`);
  await sees(page.getByText(/(买入|卖出|撤单|无操作)/).first());
  await page.goto(`${baseUrl}/instances/${KEY}?tab=timeline`);
  await sees(page.getByText(/^买入 5 WLD\/USDT，价格 [\d.]+（[\w-]+）$/).first());
  await sees(page.getByText(/^卖出 5 WLD\/USDT，价格 [\d.]+（[\w-]+）$/).first());
  await operator.stop({ key: KEY, reason: 'enough for today' });
  // What is being read stays where it is until somebody asks for what came since
  await until('the stop is shown', async () => {
    const newer = page.getByRole('button', { name: /^显示 \d+ 条较新的记录$/ });
    if ((await newer.count()) > 0) await newer.click();
    return (await page.getByText('停止第 1 次运行', { exact: true }).count()) > 0;
  });
  await sees(page.getByText('“enough for today”'));
  await shot(page, 'timeline');
}

/** Stricter, larger, and with a slip of the pen. */
async function changesTheDraft(operator) {
  const { bidSpread, ...others } = configSchema.properties;
  const properties = { ...others, bidSpread: { ...bidSpread, minimum: 0.001, minimun: 1 }, note: { type: 'string' } };
  const schema = { ...configSchema, properties };
  await operator.updateDefinition({ key, configSchema: schema, defaultConfig: { ...defaultConfig, bidSpread: 0.0005 } });
}

async function readsWhatIsWrong(page, { baseUrl }, shot) {
  await page.goto(`${baseUrl}/definitions/${key}`);
  await sees(page.getByText('模式规范中没有关键字 minimun：它不检查任何内容'));
  await sees(page.getByText('配置字段 bidSpread 不得小于 0.001'));
  await shot(page, 'findings');
}

async function readsWhatPublishingMeans(page, shot) {
  await page.getByRole('button', { name: '发布' }).click();
  const dialog = page.getByRole('dialog', { name: `发布 ${key}` });
  const change = (text) => dialog.getByRole('listitem').filter({ hasText: text });
  await sees(change('bidSpread：minimum 0 → 0.001 可能拒绝先前接受的配置'));
  await sees(change('note：新增，可选'));
  await sees(change('bidSpread：默认值 0.002 → 0.0005'));
  await sees(dialog.getByText(/^建议：2\.0\.0。主版本号：先前接受的配置可能被拒绝：bidSpread：minimum 0 → 0\.001$/));
  await shot(page, 'publish');
  await dialog.getByRole('textbox', { name: '新版本' }).fill('2.0.0');
  await dialog.getByRole('textbox', { name: '原因' }).fill('收紧价差');
  await dialog.getByRole('button', { name: /^发布/ }).click();
  await dialog.waitFor({ state: 'hidden' });
}

async function readsWhatChanged(page, { baseUrl }, shot) {
  await page.goto(`${baseUrl}/definitions/${key}/compare?from=1.0.0&to=2.0.0`);
  await sees(page.getByText('bidSpread：新增 minimun 1'));
  await sees(page.getByText('bidSpread：默认值 0.002 → 0.0005'));
  await shot(page, 'compare');
  await page.goto(`${baseUrl}/definitions/${key}?tab=history`);
  await sees(page.getByText('发布 2.0.0', { exact: true }));
}
