import { describe, expect, it } from '@jest/globals';
import { chartProject } from './chart-project.ts';

const facts = {
  path: 'task-api',
  root: 'charts/task-api',
  dependencies: ['chart-mirror-redis'],
  hasTests: true,
  hasReadme: true,
};

describe('chartProject', () => {
  it('is named for its path below charts', () => {
    expect(chartProject(facts).name).toBe('chart-task-api');
    expect(chartProject({ ...facts, path: 'mirror/redis' }).name).toBe('chart-mirror-redis');
  });

  it('depends on the programs that render it and on the charts that it contains', () => {
    expect(chartProject(facts).implicitDependencies).toEqual(['chart-tasks', 'chart-mirror-redis']);
  });

  it('has tests and their types only where there is a test folder', () => {
    expect(Object.keys(chartProject(facts).targets ?? {})).toEqual(expect.arrayContaining(['test', 'typecheck']));
    expect(chartProject({ ...facts, hasTests: false }).targets).not.toHaveProperty('test');
  });

  it('checks its documentation only where there is a README', () => {
    expect(chartProject(facts).targets?.docs?.command).toBe(
      'node tools/chart-tasks/src/main.ts docs-check {projectRoot}',
    );
    expect(chartProject({ ...facts, hasReadme: false }).targets).not.toHaveProperty('docs');
  });

  it('renders into dist, never into the chart', () => {
    expect(chartProject(facts).targets?.template?.outputs).toEqual(['{workspaceRoot}/dist/{projectRoot}/rendered']);
  });
});
