import { agentBuild } from '../../world/agent-build.ts';

/** `title` becomes `subject`: while releases of both kinds are live, a trigger keeps the two columns in step. */
const expand = `-- phase: expand
-- why: the subject replaces the title; while releases of both kinds are live, a trigger keeps the two columns in step
alter table tasks add column subject text;

create function tasks_keep_subject_in_step() returns trigger language plpgsql as $$
begin
  if tg_op = 'INSERT' then
    new.subject := coalesce(new.subject, new.title);
    new.title := coalesce(new.title, new.subject);
  elsif new.subject is distinct from old.subject then
    new.title := new.subject;
  else
    new.subject := new.title;
  end if;
  return new;
end
$$;

create trigger tasks_keep_subject_in_step
  before insert or update on tasks
  for each row execute function tasks_keep_subject_in_step();
`;

const backfill = `-- phase: expand
-- backfill: tasks by id
-- batch-rows: 100
-- why: tasks that were written before the column existed get the subject that their title was
update tasks set subject = title where id between $1 and $2 and subject is null;
`;

const contract = `-- phase: contract
-- min-app-version: 0.2.0
-- why: since 0.2.0 no release reads or writes the title
drop trigger tasks_keep_subject_in_step on tasks;
drop function tasks_keep_subject_in_step();
alter table tasks drop column title;
`;

/** The program of 0.2.0 reads and writes the subject only. */
const edits = [
  [
    'id, title, notes, status, priority, version::integer',
    'id, subject as title, notes, status, priority, version::integer',
  ],
  ['insert into tasks (id, tenant_id, title, notes', 'insert into tasks (id, tenant_id, subject, notes'],
  ['title ilike $4::text or notes', 'subject ilike $4::text or notes'],
  ['update tasks set title = $3::text', 'update tasks set subject = $3::text'],
] as const;

const expanding = [
  ['add-task-subject', expand],
  ['backfill-task-subject', backfill],
] as const;

/** The release that no longer needs the title. */
export const withoutTitle = agentBuild({
  tag: 'expand-contract-without-title',
  appVersion: '0.2.0',
  migrations: expanding,
  edits,
});

/** The one after it, which takes the title away. */
export const takingTitle = agentBuild({
  tag: 'expand-contract-taking-title',
  appVersion: '0.2.1',
  migrations: [...expanding, ['drop-task-title', contract]],
  edits,
});
