import { axeFindings } from './axe.mjs';

/** Looks at what a page shows in light and in dark: a picture of each, and whatever axe objects to. */
export class Inspector {
  #page;
  #shot;
  #findings = [];

  constructor(page, shot) {
    this.#page = page;
    this.#shot = shot;
  }

  async look(name) {
    for (const colorScheme of ['light', 'dark']) {
      await this.#page.emulateMedia({ colorScheme });
      this.#findings.push(...(await axeFindings(this.#page)).map((finding) => `${name} ${colorScheme}: ${finding}`));
      await this.#shot(this.#page, `${name}-${colorScheme}`);
    }
  }

  /** Fails if anything was found. */
  conclude() {
    if (this.#findings.length > 0) throw new Error(this.#findings.join('\n'));
  }
}
