import { checkEqual, checkMatches, checkNoMatch, checkSucceeded } from '../../../check.ts';
import type { World } from '../../../world/world.ts';
import type { Execute, Situation } from '../situation.ts';

/** Nothing is wrong: somebody wants other passwords. */
export const passwordSituations: readonly Situation[] = [
  {
    title: 'the passwords are due',
    blocks: [
      'docs/runbooks/change-passwords.md#the-agents-user-of-postgresql',
      'docs/runbooks/change-passwords.md#redis',
    ],
    run: changePasswords,
  },
];

async function changePasswords(world: World, execute: Execute): Promise<void> {
  const before = await readSecret(world);
  const results = [
    await execute('docs/runbooks/change-passwords.md#the-agents-user-of-postgresql'),
    await execute('docs/runbooks/change-passwords.md#redis'),
  ];
  const after = await readSecret(world);
  const changed = Object.keys(after).filter((key) => after[key] !== before[key]);
  checkEqual(changed.sort(), ['password', 'redis-password'], 'the keys of the Secret that have changed');
  for (const { stdout, stderr } of results)
    for (const key of changed) checkNoMatch(`${stdout}${stderr}`, exactly(after[key] ?? ''), `what is shown of ${key}`);
  const { stdout } = checkSucceeded(await world.helm.test());
  for (const part of ['PostgreSQL', 'Redis'])
    checkMatches(stdout, new RegExp(`${part}: healthy`), 'what helm test says');
}

async function readSecret({ objects }: World): Promise<Readonly<Record<string, string>>> {
  const { data = {} } = await objects.get('Secret', 'task-api-credentials');
  return Object.fromEntries(Object.entries(data).map(([key, value]) => [key, Buffer.from(value, 'base64').toString()]));
}

function exactly(text: string): RegExp {
  return new RegExp(RegExp.escape(text));
}
