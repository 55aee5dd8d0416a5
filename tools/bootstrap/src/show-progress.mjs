/** @typedef {{ isTTY?: boolean, write(text: string): unknown }} Terminal */

const tickMs = 1000;

/**
 * Says what is going on and for how long: one line that counts seconds on a terminal, two lines elsewhere.
 *
 * @param {string} text
 * @param {Terminal} terminal
 */
export function showProgress(text, terminal) {
  const start = Date.now();
  const seconds = () => Math.round((Date.now() - start) / 1000);
  terminal.write(terminal.isTTY ? `${text} …` : `${text} …\n`);
  const timer = terminal.isTTY ? setInterval(() => terminal.write(`\r${text} … ${seconds()} s`), tickMs) : undefined;
  return {
    /** @param {string} result */
    end(result) {
      clearInterval(timer);
      terminal.write(`${terminal.isTTY ? '\r' : ''}${text}: ${result} after ${seconds()} s\n`);
    },
  };
}
