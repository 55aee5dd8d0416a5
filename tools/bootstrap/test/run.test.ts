import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cpSync, existsSync, mkdirSync, mkdtempSync, rmSync, symlinkSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterEach, beforeEach, describe, expect, it } from '@jest/globals';

let root: string;

beforeEach(() => {
  root = mkdtempSync(join(tmpdir(), 'bootstrap-'));
  mkdirSync(join(root, 'tools/bootstrap'), { recursive: true });
  cpSync(join(import.meta.dirname, '../src'), join(root, 'tools/bootstrap/src'), { recursive: true });
  write('package-lock.json', '{ "packages": {} }');
  write('program.ts', 'process.stdout.write(["program", ...process.argv.slice(2)].join(" ")); process.exitCode = 7;');
});

afterEach(() => rmSync(root, { recursive: true }));

describe('run', () => {
  it('installs, then runs the program with its arguments and its exit code', async () => {
    const { output, exitCode } = await run(npmThat('mkdirSync("node_modules", { recursive: true });'));
    expect(output).toContain('Installing dependencies from package-lock.json: done');
    expect(output).toContain('program --json dev');
    expect(exitCode).toBe(7);
  });

  it('installs once', async () => {
    const npm = npmThat('mkdirSync("node_modules", { recursive: true });');
    await run(npm);
    const { output } = await run(npm);
    expect(output).toBe('program --json dev');
  });

  it('does not run the program when the install failed, and says why', async () => {
    const { output, exitCode } = await run(npmThat('console.error("npm error code EAI_AGAIN"); process.exitCode = 1;'));
    expect(output).toContain('The dependencies could not be downloaded: no network');
    expect(output).not.toContain('program');
    expect(exitCode).toBe(3);
  });

  it('waits for npm on Ctrl-C, and starts over the next time', async () => {
    const slow = start(npmThat('mkdirSync("node_modules", { recursive: true }); setTimeout(() => {}, 60_000);'));
    const ended = outcomeOf(slow);
    await waitFor(() => existsSync(join(root, 'node_modules')));
    // A terminal sends Ctrl-C to the whole process group.
    process.kill(-(slow.pid ?? 0), 'SIGINT');
    expect(await ended).toMatchObject({
      exitCode: 130,
      output: expect.stringContaining('Run the command again: it starts over.'),
    });
    const { output } = await run(npmThat('mkdirSync("node_modules", { recursive: true });'));
    expect(output).toContain('Installing dependencies');
  });

  it.each(['SIGINT', 'SIGTERM'] as const)('passes on %s to the newer Node that runs the program', async (signal) => {
    write(
      'program.ts',
      `import { writeFileSync } from 'node:fs';
       for (const signal of ['SIGINT', 'SIGTERM']) process.on(signal, () => process.exit(40 + signal.length));
       writeFileSync(process.env.LISTENS, '');
       setInterval(() => {}, 1000);`,
    );
    mkdirSync(join(root, 'node_modules/.bin'), { recursive: true });
    symlinkSync(process.execPath, join(root, 'node_modules/.bin/node'));
    const slow = start(npmThat(''), ['--import', olderNode]);
    const ended = outcomeOf(slow);
    await waitFor(() => existsSync(join(root, 'listens')));
    slow.kill(signal);
    expect(await ended).toMatchObject({ exitCode: 40 + signal.length });
  });
});

/** Has Node say of itself that it is too old. */
const olderNode = `data:text/javascript,Object.defineProperty(process,'versions',{value:{...process.versions,node:'20.0.0'}})`;

function npmThat(code: string): string {
  const script = join(root, 'npm-cli.js');
  writeFileSync(script, `const { mkdirSync } = require('node:fs');\n${code}\n`);
  return script;
}

function run(npm: string) {
  return outcomeOf(start(npm));
}

function start(npm: string, nodeOptions: readonly string[] = []): ChildProcess {
  return spawn(
    process.execPath,
    [...nodeOptions, join(root, 'tools/bootstrap/src/run.mjs'), 'program.ts', '--json', 'dev'],
    {
      env: { ...process.env, npm_execpath: npm, npm_node_execpath: process.execPath, LISTENS: join(root, 'listens') },
      detached: true,
    },
  );
}

async function outcomeOf(child: ChildProcess) {
  let output = '';
  for (const stream of [child.stdout, child.stderr]) stream?.setEncoding('utf8').on('data', (text) => (output += text));
  const [exitCode] = await once(child, 'close');
  return { output, exitCode };
}

async function waitFor(isReady: () => boolean): Promise<void> {
  while (!isReady()) await new Promise((resolve) => setTimeout(resolve, 20));
}

function write(file: string, text: string): void {
  writeFileSync(join(root, file), text);
}
