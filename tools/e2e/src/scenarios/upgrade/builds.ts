import { agentBuild } from '../../world/agent-build.ts';

/** A column with its index and its rules, spread over five releases as the gate of the migrations asks for. */
const migrations = [
  [
    'add-task-source',
    `-- phase: expand
-- why: where a task came from
alter table tasks add column source text;
`,
  ],
  [
    'index-task-source',
    `-- phase: expand
-- transaction: none
-- why: tasks are looked for by where they came from
create index concurrently if not exists tasks_by_source on tasks (tenant_id, source);
`,
  ],
  [
    'backfill-task-source',
    `-- phase: expand
-- backfill: tasks by id
-- batch-rows: 100
-- why: tasks that were written before came from a person
update tasks set source = 'person' where id between $1 and $2 and source is null;
`,
  ],
  [
    'check-task-source',
    `-- phase: expand
-- why: new rows are checked from here on
alter table tasks add constraint tasks_source_known check (source in ('person', 'agent')) not valid;
`,
  ],
  [
    'validate-task-source',
    `-- phase: expand
-- why: rows that were there before are checked under a lock that lets writers through
alter table tasks validate constraint tasks_source_known;
`,
  ],
] as const;

/** Five releases of the agent, each with one migration more than the one before. */
export const builds = migrations.map((_, index) =>
  agentBuild({ tag: `upgrade-${index + 1}`, migrations: migrations.slice(0, index + 1) }),
);
