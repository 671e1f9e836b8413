/** 拒绝的原因：能译的句子直接译出；其余按代码和规则译出，原句附后。 */
import type { UserError } from '../command/user-error';
import { worded } from './phrase';
import { phrases } from './phrases.zh';

const CODES: Record<UserError['code'], string> = {
  NOT_FOUND: '不存在',
  CONFLICT: '有人先作了更改',
  FORBIDDEN: '没有所需的权限',
  REASON_REQUIRED: '请说明原因：它会写入历史',
  IDEMPOTENCY_KEY_REUSED: '此幂等键已用于另一个请求',
  INVALID_INPUT: '输入无法使用',
  INVALID_CONFIG: '配置不符合要求',
  INVALID_SCHEMA: '模式无法使用',
  INVALID_VERSION: '版本号须为 x.y.z 的形式',
  KEY_TAKEN: '此键已被使用',
  VERSION_TAKEN: '此版本已存在',
  UNSUPPORTED_EXECUTOR: '不支持此执行器',
  UNSUPPORTED_MARKET: '不支持此市场',
  DEFINITION_DISABLED: '该定义已停用',
  DEFINITION_ENABLED: '须先停用该定义',
  DEFINITION_IN_USE: '仍有实例与该定义关联',
  DYNAMIC_FLOW_OFF: '从定义启动已关闭',
  GUARD_TRIPPED: '防线已触发，须先复位',
  NO_START_PRICE: '目前没有起始价格',
  NOT_RUNNING: '该实例没有运行',
  SCHEMA_UNKNOWN: '已无从得知启动时所用的模式',
  TABLES_BEHIND: '数据表落后于日志，请稍后再试',
  BUSY: '服务器正忙，请稍后再试',
};

/** What a schema's keywords refuse; the limit itself is in the server's sentence. */
const KEYWORDS: Partial<Record<string, string>> = {
  required: '缺少必填项',
  type: '类型不符',
  enum: '不在允许的取值之内',
  const: '不是规定的值',
  minimum: '数值过小',
  exclusiveMinimum: '数值过小',
  maximum: '数值过大',
  exclusiveMaximum: '数值过大',
  multipleOf: '不是规定步长的倍数',
  minLength: '文字过短',
  maxLength: '文字过长',
  pattern: '格式不符',
  minItems: '项数过少',
  maxItems: '项数过多',
  uniqueItems: '有重复项',
  additionalProperties: '含有不被允许的成员',
};

const said = worded(phrases);

export function refusal({ code, keyword, pointer, message, phrase }: Omit<UserError, 'params'>): string {
  if (code === 'REASON_REQUIRED') return CODES[code];
  if (code === 'INVALID_INPUT' && keyword === 'required' && pointer !== null) return `${pointer.slice(1)} 为必填`;
  const sentence = said(message, phrase);
  // Another sentence than the server's says it all
  if (sentence !== message) return sentence;
  return `${(keyword === null ? undefined : KEYWORDS[keyword]) ?? CODES[code]}（${message}）`;
}
