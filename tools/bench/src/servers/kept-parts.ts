/** What was started, to be stopped again in the opposite order. */
export class KeptParts {
  readonly #endings: (() => Promise<void>)[] = [];

  async keep<Part extends { stop(): Promise<void> }>(starting: Promise<Part>): Promise<Part> {
    const part = await starting;
    this.#endings.push(() => part.stop());
    return part;
  }

  async stop(): Promise<void> {
    for (const end of this.#endings.splice(0).reverse()) await end();
  }
}
