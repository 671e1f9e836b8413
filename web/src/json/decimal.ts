/** Exact comparison of decimal texts, for limits that doubles would blur. */

/** `coefficient` times ten to the power of `exponent`. */
interface Scaled {
  coefficient: bigint;
  exponent: number;
}

/** An exponent beyond this belongs to no number anybody trades; the server refuses it too. */
const MAX_EXPONENT = 400;

function scaled(text: string): Scaled | undefined {
  const match = /^(-?)(\d+)(?:\.(\d+))?(?:[eE]([+-]?\d+))?$/.exec(text);
  if (!match) return undefined;
  const [, sign = '', whole = '', fraction = '', power = '0'] = match;
  const exponent = Number(power) - fraction.length;
  if (Math.abs(exponent) > MAX_EXPONENT) return undefined;
  return { coefficient: BigInt(sign + whole + fraction), exponent };
}

/** Both coefficients over the same power of ten; nothing where one is no decimal. */
function aligned(left: string, right: string): [bigint, bigint] | undefined {
  const a = scaled(left);
  const b = scaled(right);
  if (!a || !b) return undefined;
  const exponent = Math.min(a.exponent, b.exponent);
  const raise = (number: Scaled) => number.coefficient * 10n ** BigInt(number.exponent - exponent);
  return [raise(a), raise(b)];
}

/** Negative, zero or positive; nothing where one of the two is no decimal. */
export function compareDecimals(left: string, right: string): number | undefined {
  const pair = aligned(left, right);
  if (!pair) return undefined;
  const [a, b] = pair;
  return a < b ? -1 : a > b ? 1 : 0;
}

export function isMultipleOf(value: string, divisor: string): boolean {
  const pair = aligned(value, divisor);
  return pair !== undefined && pair[1] !== 0n && pair[0] % pair[1] === 0n;
}

export function isInteger(value: string): boolean {
  return isMultipleOf(value, '1');
}

/** The sum, every digit of it; nothing where one of the two is no decimal. */
export function addDecimals(left: string, right: string): string | undefined {
  const a = scaled(left);
  const b = scaled(right);
  if (!a || !b) return undefined;
  const exponent = Math.min(a.exponent, b.exponent, 0);
  const raise = (number: Scaled) => number.coefficient * 10n ** BigInt(number.exponent - exponent);
  return plainText(raise(a) + raise(b), -exponent);
}

function plainText(coefficient: bigint, places: number): string {
  const digits = String(coefficient < 0n ? -coefficient : coefficient).padStart(places + 1, '0');
  const whole = digits.slice(0, digits.length - places);
  const fraction = digits.slice(digits.length - places).replace(/0+$/, '');
  return `${coefficient < 0n ? '-' : ''}${whole}${fraction === '' ? '' : `.${fraction}`}`;
}

export function negated(decimal: string): string {
  return decimal.startsWith('-') ? decimal.slice(1) : `-${decimal}`;
}
