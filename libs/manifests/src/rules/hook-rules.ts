import { argoDeletePolicies, argoHookTypes } from '../argo-hooks.ts';
import { commaSeparated, helmDeletePolicies, helmHookEvents, wholeNumber } from '../helm-hooks.ts';
import { annotationsOf } from '../kubernetes-object.ts';
import type { Problem } from '../problem.ts';
import type { RuleName } from '../rules.ts';
import { didYouMean } from '../suggest.ts';
import type { ObjectRule } from './rule.ts';

/** Annotations whose value is a list of known words. */
interface WordList {
  readonly rule: RuleName;
  readonly allowed: readonly string[];
  readonly consequence: string;
}

const policyIgnored = 'the engine ignores the word';

const wordLists: Readonly<Record<string, WordList>> = {
  'helm.sh/hook': {
    rule: 'unknown-hook',
    allowed: [...helmHookEvents, 'test-success'],
    consequence: 'Helm drops the whole object',
  },
  'helm.sh/hook-delete-policy': {
    rule: 'unknown-hook-policy',
    allowed: helmDeletePolicies,
    consequence: policyIgnored,
  },
  'helm.sh/hook-output-log-policy': {
    rule: 'unknown-hook-policy',
    allowed: ['hook-succeeded', 'hook-failed'],
    consequence: policyIgnored,
  },
  'helm.sh/resource-policy': { rule: 'unknown-hook-policy', allowed: ['keep'], consequence: policyIgnored },
  'argocd.argoproj.io/hook': {
    rule: 'unknown-hook',
    allowed: [...argoHookTypes, 'PreDelete', 'PostDelete'],
    consequence: 'Argo CD runs the object in no phase, or by its Helm hook',
  },
  'argocd.argoproj.io/hook-delete-policy': {
    rule: 'unknown-hook-policy',
    allowed: argoDeletePolicies,
    consequence: policyIgnored,
  },
};

const weights = ['helm.sh/hook-weight', 'argocd.argoproj.io/sync-wave'] as const;

const knownAnnotations: readonly string[] = [
  ...Object.keys(wordLists),
  ...weights,
  'argocd.argoproj.io/compare-options',
  'argocd.argoproj.io/deletion-approved',
  'argocd.argoproj.io/ignore-default-links',
  'argocd.argoproj.io/ignore-healthcheck',
  'argocd.argoproj.io/ignore-resource-updates',
  'argocd.argoproj.io/ignore-restart-policy',
  'argocd.argoproj.io/installation-id',
  'argocd.argoproj.io/managed-by-url',
  'argocd.argoproj.io/manifest-generate-paths',
  'argocd.argoproj.io/refresh',
  'argocd.argoproj.io/skip-reconcile',
  'argocd.argoproj.io/sync-options',
  'argocd.argoproj.io/tracking-id',
];

export const hookWordsAreKnown: ObjectRule = ({ object }) => {
  const annotations = annotationsOf(object);
  return Object.entries(wordLists).flatMap(([name, list]) => unknownWords(name, annotations[name], list));
};

export const weightIsWholeNumber: ObjectRule = ({ object }) => {
  const annotations = annotationsOf(object);
  const wrong = weights.filter(
    (name) => annotations[name] !== undefined && wholeNumber(annotations[name]) === undefined,
  );
  return wrong.map((name) => ({
    rule: 'bad-weight',
    path: ['metadata', 'annotations', name],
    message: `is "${annotations[name]}", which counts as 0; allowed is a whole number in quotes, such as "-5"`,
  }));
};

export const engineAnnotationsAreKnown: ObjectRule = ({ object }) => {
  const unknown = Object.keys(annotationsOf(object)).filter(
    (name) => isOfEngine(name) && !knownAnnotations.includes(name),
  );
  return unknown.map((name) => ({
    rule: 'unknown-annotation',
    path: ['metadata', 'annotations', name],
    message: `is no annotation that Helm or Argo CD reads${didYouMean(name, knownAnnotations)}`,
  }));
};

function unknownWords(
  name: string,
  value: string | undefined,
  { rule, allowed, consequence }: WordList,
): readonly Problem[] {
  const unknown = commaSeparated(value).filter((word) => !allowed.includes(word));
  return unknown.map((word) => ({
    rule,
    path: ['metadata', 'annotations', name],
    message: `names "${word}", and ${consequence}; allowed are ${allowed.join(', ')}${didYouMean(word, allowed)}`,
  }));
}

function isOfEngine(name: string): boolean {
  return name.startsWith('helm.sh/') || name.startsWith('argocd.argoproj.io/');
}
