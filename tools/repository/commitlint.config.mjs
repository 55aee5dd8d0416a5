import { listProjects } from '@task-api/nx-plugin';

const root = new URL('../..', import.meta.url).pathname;
const mostSubjectCharacters = 72;

export default {
  extends: ['@commitlint/config-conventional'],
  rules: {
    'subject-max-length': [2, 'always', mostSubjectCharacters],
    'subject-case': [0], // Helm, Argo CD and Nx begin with a capital
    'scope-enum': [2, 'always', await listProjects(root)],
    'body-max-line-length': [0],
    'footer-max-line-length': [0],
  },
};
