/** 执行器自己写下的原因：为何撤单、为何略过、为何未发送。人写的原因不在其中，原样显示。 */
const REASONS: Readonly<Record<string, string>> = {
  'no longer quoted': '不再报价',
  "the quote's price moved": '报价的价格已变',
  "the quote's quantity changed": '报价的数量已变',
  'the quotes stay as they are': '报价保持不变',
  'quotes wait for slots that are being freed': '报价正等待腾出的档位',
  'the quotes are renewed': '更新报价',
  'quotes reached maxOrderAge': '报价已达 maxOrderAge',
  'a quote is nearer than minimumSpread': '有报价的价差小于 minimumSpread',
  'a hanging order is too far from the market': '挂单距市场过远',
  'a hanging order is renewed': '更新挂单',
  'with hangingOrdersEnabled quotes are never renewed': '启用 hangingOrdersEnabled 时报价从不更新',
  'quotes that would take liquidity are left out': '略去会吃单的报价',
  'the next refresh is not due yet': '尚未到下次刷新的时间',
  'the inventory skew leaves one side nothing to quote': '库存倾斜使一侧没有可报的数量',
  'the budget does not go as far as all layers': '预算不够所有档位',
  'the moving bounds have too many digits': '移动边界的位数过多',
  'its quantity is not above zero': '其数量不大于零',
  'its price is not above zero': '其价格不大于零',
  'its price has too many digits': '其价格的位数过多',
  'its quantity has too many digits': '其数量的位数过多',
  'the prices have too many digits': '价格的位数过多',
  'the legs are left to trade': '让两腿继续成交',
  'its other leg does not trade': '另一腿没有成交',
  'it did not trade in time': '未及时成交',
  'nothing is missing on either side': '两侧都不缺',
  'no leg is alone': '没有单腿',
  'a venue has not answered yet': '有交易所尚未答复',
  'bought and not sold again': '买入后尚未卖出',
  'sold and not bought back': '卖出后尚未买回',
  "the last trade's order is still live": '上一笔交易的订单仍有效',
  "the last trade's interval is not over yet": '上一笔交易的间隔尚未结束',
  'not filled before the next trade was due': '在下一笔交易到期之前未成交',
  'numberOfLayers is below 1': 'numberOfLayers 小于 1',
  'buys wait for the other side': '买单等待另一侧',
  'sells wait for the other side': '卖单等待另一侧',
  'every venue refuses to close what is open: the next check tries again': '所有交易所都拒绝平掉未平的部分：下次检查时再试',
  'it would trade with a live order of ours': '会与我方未结的订单成交',
  'no order was renewed: what was to be cancelled traded or may still be there': '没有更新订单：应撤的订单已成交或可能仍在',
  'it was not sent: what it replaces traded or may still be there': '未发送：它要替换的订单已成交或可能仍在',
  'it was not sent: the run was stopped meanwhile': '未发送：运行已在此期间停止',
  'it was not sent: the exchange takes no more requests now (requests_per_minute)': '未发送：交易所目前不再接受请求（requests_per_minute）',
  'never reached the venue': '从未到达交易所',
};

/** 几个原因以分号相连，前面可有它所说的档位。 */
export function ownReason(reason: string): string {
  const parts = reason.split('; ');
  const said = parts.map(oneReason);
  return said.every((part, place) => part === parts[place]) ? reason : said.join('；');
}

function oneReason(reason: string): string {
  const [, place = '', what = reason] = /^([\w-]+: )?(.*)$/s.exec(reason) ?? [];
  const said = Object.hasOwn(REASONS, what) ? REASONS[what] : undefined;
  return said === undefined ? reason : `${place.replace(': ', '：')}${said}`;
}

export const OWN_REASONS = Object.keys(REASONS);
