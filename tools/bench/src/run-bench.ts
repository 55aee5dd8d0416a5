import type { Command } from 'commander';
import { BenchError } from './bench-error.ts';

/** Runs the program that a command describes. A measurement that is refused or given up ends with its message and 1. */
export async function runBench<Options>(command: Command, measure: (options: Options) => Promise<void>): Promise<void> {
  command.allowExcessArguments(false).action(async (options: Options) => {
    try {
      await measure(options);
    } catch (error) {
      if (!(error instanceof BenchError)) throw error;
      process.stderr.write(`${error.message}\n`);
      process.exitCode = 1;
    }
  });
  await command.parseAsync();
}
