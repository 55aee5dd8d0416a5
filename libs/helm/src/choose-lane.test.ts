import { existsSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { beforeEach, describe, expect, it } from '@jest/globals';
import { sampleCheckout, storeVersion } from '../test/support/sample-checkout.ts';
import { temporaryDirectory } from '../test/support/temporary-directory.ts';
import { writeProgram } from '../test/support/write-program.ts';
import { chooseLane, requestedLane } from './choose-lane.ts';
import type { HelmBinary } from './find-helm.ts';
import { forgetLane, knownLane } from './known-lane.ts';
import type { FetchRequest } from './upstream-charts.ts';

const root = sampleCheckout();
const chart = join(root, 'charts/task-api');
const dependencies = [{ name: 'store', version: storeVersion, repository: 'oci://127.0.0.1:1/charts' }];
const unreachable = 'echo "Error: could not download: no such host" >&2; exit 1';
const reachable = `mkdir "$4/charts" && echo package > "$4/charts/store-${storeVersion}.tgz"`;

let request: FetchRequest;
let calls: string;

/** Gives the next request an empty cache and a Helm whose registry answers so. */
function registry(answer: string): void {
  const home = temporaryDirectory();
  calls = join(home, 'calls');
  const path = writeProgram(join(home, 'helm'), `echo "$@" >> ${calls}\n${answer}`);
  const helm: HelmBinary = { path, version: '4.1.4', major: 4, source: 'HELM_BIN' };
  const env = { PATH: process.env.PATH, XDG_CACHE_HOME: join(home, 'cache') };
  request = { helm, chart, dependencies, env };
}

const timesAsked = () => (existsSync(calls) ? readFileSync(calls, 'utf8').trim().split('\n').length : 0);

describe('requestedLane', () => {
  it('is auto unless the caller or the environment says otherwise', () => {
    expect(requestedLane(undefined, {})).toBe('auto');
    expect(requestedLane(undefined, { TASK_API_CHART_LANE: 'mirror' })).toBe('mirror');
    expect(requestedLane('upstream', { TASK_API_CHART_LANE: 'mirror' })).toBe('upstream');
  });

  it('refuses a lane that there is not', () => {
    expect(() => requestedLane(undefined, { TASK_API_CHART_LANE: 'fast' })).toThrow(
      'The dependency lane is "fast" (TASK_API_CHART_LANE); allowed is auto, upstream or mirror',
    );
  });
});

describe('chooseLane, when the registry answers', () => {
  beforeEach(() => registry(reachable));

  it('fetches once what Chart.lock pins', async () => {
    const first = await chooseLane('auto', request);
    const second = await chooseLane('auto', request);
    expect(first).toMatchObject({ lane: 'upstream', reason: 'fetched as Chart.lock pins them' });
    expect(existsSync(join(first.packages ?? '', `store-${storeVersion}.tgz`))).toBe(true);
    expect({ second, asked: timesAsked() }).toEqual({ second: first, asked: 1 });
  });

  it('fetches once when asked twice at the same time', async () => {
    await Promise.all([chooseLane('auto', request), chooseLane('upstream', request)]);
    expect(timesAsked()).toBe(1);
  });

  it('does not ask when the mirror is asked for', async () => {
    expect(await chooseLane('mirror', request)).toEqual({ lane: 'mirror', reason: 'asked for' });
    expect(timesAsked()).toBe(0);
  });

  it('does not ask when the packaged charts are at hand', async () => {
    const env = { ...request.env, TASK_API_UPSTREAM_CHARTS: '/packages' };
    expect(await chooseLane('auto', { ...request, env })).toMatchObject({ lane: 'upstream', packages: '/packages' });
    expect(timesAsked()).toBe(0);
  });
});

describe('chooseLane, when the registry does not answer', () => {
  beforeEach(() => registry(unreachable));

  it('falls back to the mirror, says why, and does not ask again', async () => {
    const first = await chooseLane('auto', request);
    expect(first.lane).toBe('mirror');
    expect(first.reason).toMatch(/^upstream was not reachable on \d{4}-\d\d-\d\d: no such host$/);
    expect(await chooseLane('auto', request)).toEqual(first);
    expect(timesAsked()).toBe(1);
  });

  it('asks every time when upstream is asked for, and fails', async () => {
    await chooseLane('auto', request);
    await expect(chooseLane('upstream', request)).rejects.toThrow(
      'The upstream charts cannot be fetched; set TASK_API_UPSTREAM_CHARTS to a directory that holds them, or TASK_API_CHART_LANE=mirror',
    );
    expect(timesAsked()).toBe(2);
  });

  it('tells what it found out without asking, until it is told to forget', async () => {
    const { env } = request;
    expect(await knownLane({ root, env })).toBeUndefined();
    const { lane, reason } = await chooseLane('auto', request);
    expect(await knownLane({ root, env })).toEqual({ lane, reason });
    await forgetLane({ root, env });
    expect(await knownLane({ root, env })).toBeUndefined();
  });
});

describe('chooseLane, when the chart is at fault', () => {
  it('does not take a Chart.lock that is out of date for a missing network', async () => {
    registry('echo "Error: the lock file (Chart.lock) is out of sync" >&2; exit 1');
    await expect(chooseLane('auto', request)).rejects.toThrow(`${chart}/Chart.lock does not match Chart.yaml`);
    expect(await knownLane({ root, env: request.env })).toBeUndefined();
  });

  it('asks for a Chart.lock when there is none', async () => {
    registry(reachable);
    const withoutLock = { ...request, chart: join(root, 'charts/mirror/store') };
    await expect(chooseLane('auto', withoutLock)).rejects.toThrow('run "helm dependency update"');
  });
});
