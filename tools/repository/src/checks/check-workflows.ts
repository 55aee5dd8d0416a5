import type { Check, Finding } from '../finding.ts';

const workflow = /^\.github\/workflows\/[^/]+\.ya?ml$/;
const pinnedAction = /^[^@\s]+@[0-9a-f]{40}\s+# v\d/;

export const checkWorkflows: Check = {
  name: 'workflows',
  description: 'Workflows start without permissions, and pin actions to a commit with its version beside it.',
  run: ({ paths, read }) => ({
    findings: paths
      .filter((path) => workflow.test(path))
      .flatMap((file) => [...permissions(file, read(file)), ...actions(file, read(file))]),
  }),
};

function permissions(file: string, text: string): readonly Finding[] {
  if (/^permissions: \{\}$/m.test(text)) return [];
  return [
    {
      file,
      message:
        'gives every job the default permissions; write "permissions: {}" at the top and grant per job, with a reason',
    },
  ];
}

function actions(file: string, text: string): readonly Finding[] {
  return text.split('\n').flatMap((content, index) => {
    const action = /^\s*(?:- )?uses: (?<action>.+)$/.exec(content)?.groups?.action;
    if (action === undefined || action.startsWith('./') || pinnedAction.test(action)) return [];
    return [
      { file, line: index + 1, message: `uses ${action}, which may change; pin the commit: name@<40 digits> # v1.2.3` },
    ];
  });
}
