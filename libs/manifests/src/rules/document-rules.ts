import type { ObjectRule } from './rule.ts';

export const documentIsUnambiguous: ObjectRule = ({ source }) =>
  source.problems.map(({ rule, path, message }) => ({ rule, path: path.slice(source.path.length), message }));
