import { type CommandResult, runProgram } from '../run/run-program.ts';

export interface KubectlOptions {
  readonly input?: string;
  readonly signal?: AbortSignal;
}

/** Runs kubectl in the namespace of the scenario. A failing one is a result; `checkSucceeded` makes it an error. */
export type Kubectl = (args: readonly string[], options?: KubectlOptions) => Promise<CommandResult>;

export interface KubectlPlace {
  readonly kubectl: string;
  readonly kubeconfig: string;
  readonly namespace: string;
  readonly signal: AbortSignal;
}

export function kubectlIn({ kubectl, kubeconfig, namespace, signal }: KubectlPlace): Kubectl {
  return (args, options = {}) =>
    runProgram([kubectl, '--kubeconfig', kubeconfig, '--namespace', namespace, ...args], { signal, ...options });
}
