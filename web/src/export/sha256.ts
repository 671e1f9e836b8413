/** SHA-256 of what comes in pieces: the browser's own takes only what is whole in memory, and only where there is TLS. */
const primes = firstPrimes(64);
/** The first 32 bits of what follows the point. */
const fraction = (root: number) => ((root - Math.floor(root)) * 2 ** 32) | 0;
const ROUNDS = Int32Array.from(primes, (prime) => fraction(Math.cbrt(prime)));
const BEGIN = Int32Array.from(primes.slice(0, 8), (prime) => fraction(Math.sqrt(prime)));
const BLOCK = 64;

export class Sha256 {
  private readonly state = BEGIN.slice();
  private readonly words = new Int32Array(64);
  private readonly block = new Uint8Array(BLOCK);
  private filled = 0;
  private length = 0;

  update(bytes: Uint8Array): this {
    this.length += bytes.length;
    for (let at = 0; at < bytes.length; ) {
      const part = bytes.subarray(at, at + BLOCK - this.filled);
      this.block.set(part, this.filled);
      at += part.length;
      this.filled += part.length;
      if (this.filled === BLOCK) this.compress();
    }
    return this;
  }

  /** In lower-case hex; nothing can be added afterwards. */
  hex(): string {
    const bits = this.length * 8;
    this.update(Uint8Array.of(0x80));
    while (this.filled !== BLOCK - 8) this.update(Uint8Array.of(0));
    const view = new DataView(this.block.buffer);
    view.setUint32(BLOCK - 8, Math.floor(bits / 2 ** 32));
    view.setUint32(BLOCK - 4, bits % 2 ** 32);
    this.compress();
    return Array.from(this.state, (word) => (word >>> 0).toString(16).padStart(8, '0')).join('');
  }

  private compress(): void {
    const { state, words } = this;
    const view = new DataView(this.block.buffer);
    for (let at = 0; at < 64; at += 1) words[at] = at < 16 ? view.getInt32(at * 4) : expanded(words, at);
    let [a = 0, b = 0, c = 0, d = 0, e = 0, f = 0, g = 0, h = 0] = state;
    for (let at = 0; at < 64; at += 1) {
      const first = (h + (turned(e, 6) ^ turned(e, 11) ^ turned(e, 25)) + ((e & f) ^ (~e & g)) + (ROUNDS[at] ?? 0) + (words[at] ?? 0)) | 0;
      const second = ((turned(a, 2) ^ turned(a, 13) ^ turned(a, 22)) + ((a & b) ^ (a & c) ^ (b & c))) | 0;
      [h, g, f, e, d, c, b, a] = [g, f, e, (d + first) | 0, c, b, a, (first + second) | 0];
    }
    [a, b, c, d, e, f, g, h].forEach((word, at) => {
      state[at] = ((state[at] ?? 0) + word) | 0;
    });
    this.filled = 0;
  }
}

function expanded(words: Int32Array, at: number): number {
  const word = (back: number) => words[at - back] ?? 0;
  const low = turned(word(15), 7) ^ turned(word(15), 18) ^ (word(15) >>> 3);
  const high = turned(word(2), 17) ^ turned(word(2), 19) ^ (word(2) >>> 10);
  return (word(16) + low + word(7) + high) | 0;
}

const turned = (word: number, by: number) => (word >>> by) | (word << (32 - by));

function firstPrimes(count: number): number[] {
  const found: number[] = [];
  for (let candidate = 2; found.length < count; candidate += 1) {
    if (found.every((prime) => candidate % prime !== 0)) found.push(candidate);
  }
  return found;
}
