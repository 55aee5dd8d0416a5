import { isMap, type Json, listAt, mapAt, textAt, textMapAt } from './json.ts';

export type Labels = Readonly<Record<string, string>>;

/** Whether a LabelSelector (matchLabels and matchExpressions) matches; an empty one matches everything. */
export function selectorMatches(selector: Json | undefined, labels: Labels): boolean {
  const expressions = listAt(selector, 'matchExpressions');
  return (
    labelsMatch(textMapAt(selector, 'matchLabels'), labels) &&
    expressions.every((expression) => expressionHolds(expression, labels))
  );
}

/** Whether every label of a plain selector, as a Service has it, is there. */
export function labelsMatch(wanted: Labels, labels: Labels): boolean {
  return Object.entries(wanted).every(([key, value]) => labels[key] === value);
}

export function isEmptySelector(selector: Json | undefined): boolean {
  return (
    !isMap(selector) ||
    (Object.keys(mapAt(selector, 'matchLabels')).length === 0 && listAt(selector, 'matchExpressions').length === 0)
  );
}

function expressionHolds(expression: Json, labels: Labels): boolean {
  const label = labels[textAt(expression, 'key') ?? ''];
  const isListed = label !== undefined && listAt(expression, 'values').includes(label);
  const holds: Readonly<Record<string, boolean>> = {
    In: isListed,
    NotIn: !isListed,
    Exists: label !== undefined,
    DoesNotExist: label === undefined,
  };
  return holds[textAt(expression, 'operator') ?? ''] ?? false;
}
