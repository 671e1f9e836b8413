/**
 * A JSON number that JavaScript's own numbers would rewrite: `0.10`, `1.0` or one with more digits than a
 * double holds. It keeps the text as typed, because a price is not ours to round.
 */
export class ExactNumber {
  constructor(readonly text: string) {}

  /** The nearest double: for charts and rough comparisons only. */
  valueOf(): number {
    return Number(this.text);
  }

  toString(): string {
    return this.text;
  }

  /** Only what identifies values asks for this (a cache key); what is sent goes through `toJsonText`. */
  toJSON(): string {
    return this.text;
  }
}

const JSON_NUMBER = /^-?(?:0|[1-9]\d*)(?:\.\d+)?(?:[eE][+-]?\d+)?$/;

export function isJsonNumber(text: string): boolean {
  return JSON_NUMBER.test(text);
}

/** A plain number where it says exactly the same, otherwise the text itself. */
export function numberFromText(text: string): number | ExactNumber {
  const double = Number(text);
  return String(double) === text ? double : new ExactNumber(text);
}

export function isNumeric(value: unknown): value is number | ExactNumber {
  return typeof value === 'number' || value instanceof ExactNumber;
}
