import type { Check, Finding } from '../finding.ts';
import { describeStyle } from '../style/describe-style.ts';
import { measureStyle, type StyleFigures, shareUpTo } from '../style/measure-style.ts';
import { sizeAims } from '../style/size-aims.ts';

const mostRootFiles = 20;
const mostParameters = 3;

export const checkStyle: Check = {
  name: 'style',
  description: 'Sizes of functions, parameters, casts, file names and the number of files at the top.',
  run(repository) {
    const figures = measureStyle(repository);
    return { findings: rules.flatMap((rule) => rule(figures)), report: describeStyle(figures) };
  },
};

type Rule = (figures: StyleFigures) => readonly Finding[];

const sizes: Rule = ({ functions }) =>
  sizeAims
    .map((aim) => ({ ...aim, share: shareUpTo(aim.lines, functions) }))
    .filter(({ share, percent }) => share < percent)
    .map(({ lines, share, percent }) => ({
      file: 'CONTRIBUTING.md',
      message: `asks for ${percent} % of functions with at most ${lines} lines; it is ${share} %. Split the longest ones listed above.`,
    }));

const parameters: Rule = ({ functions }) =>
  functions
    .filter((candidate) => candidate.parameters > mostParameters)
    .map(({ file, line, name, parameters }) => ({
      file,
      line,
      message: `${name} has ${parameters} parameters; at most ${mostParameters}, then one options object`,
    }));

const booleans: Rule = ({ functions }) =>
  functions
    .filter(({ hasBooleanParameter }) => hasBooleanParameter)
    .map(({ file, line, name }) => ({
      file,
      line,
      message: `${name} takes a boolean by position, which says nothing where it is called; make it a property or two functions`,
    }));

const casts: Rule = ({ sources }) =>
  sources
    .flatMap((source) => source.casts)
    .filter(({ hasReason }) => !hasReason)
    .map(({ file, line }) => ({
      file,
      line,
      message: 'casts without saying why it may; put the reason in a comment beside it',
    }));

const rootFiles: Rule = ({ rootFiles }) =>
  rootFiles.length <= mostRootFiles
    ? []
    : [
        {
          file: '.',
          message: `holds ${rootFiles.length} files; at most ${mostRootFiles}. Move configuration into the package it belongs to.`,
        },
      ];

const names: Rule = ({ vagueNames }) =>
  vagueNames.map((file) => ({ file, message: 'is named for nothing; name the file for the one thing it exports' }));

const rules: readonly Rule[] = [sizes, parameters, booleans, casts, rootFiles, names];
