/** What of a run's text is still to be sent, though a step may be begun again by another process. */
export class ResumableText {
  #finished = '';
  #sent = '';
  #step = '';

  /** The texts of all steps as they were recorded, which may differ from what was sent of a step begun twice. */
  get all(): string {
    return this.#finished + this.#step;
  }

  startStep(): void {
    this.#step = '';
  }

  finishStep(): void {
    this.#finished += this.#step;
    this.#step = '';
    this.#sent = '';
  }

  /** The part of the piece that was not sent before: nothing, as long as a step begun again reads the same. */
  add(piece: string): string {
    this.#step += piece;
    if (this.#sent.startsWith(this.#step)) return '';
    const fresh = this.#step.startsWith(this.#sent) ? this.#step.slice(this.#sent.length) : piece;
    this.#sent += fresh;
    return fresh;
  }
}
