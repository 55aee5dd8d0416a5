import { checkEqual, checkMatches, checkSucceeded, checkThat } from '../../../check.ts';
import { agentPods } from '../../../world/agent-pods.ts';
import type { World } from '../../../world/world.ts';
import { restartAgents } from '../restart-agents.ts';
import type { Execute, Situation } from '../situation.ts';
import { waitForAgents, waitForNoAgent } from '../wait-for-agents.ts';

/** What can be wrong with the agents, while the databases are fine. */
export const agentSituations: readonly Situation[] = [
  {
    title: 'pods restart again and again',
    blocks: ['docs/runbooks/pod-restarting.md#find-out', 'docs/runbooks/pod-restarting.md#find-out-2'],
    run: lookAtRestarts,
  },
  {
    title: 'runs wait for workers',
    blocks: ['docs/runbooks/run-backlog.md#find-out'],
    run: lookAtBacklog,
  },
  {
    title: 'the kubelet has evicted a pod',
    blocks: ['docs/runbooks/pod-evicted.md#find-out', 'docs/runbooks/pod-evicted.md#mend'],
    run: removeEvicted,
  },
  {
    title: 'the model does not answer',
    blocks: ['docs/runbooks/model-endpoint-failing.md#find-out'],
    run: lookAtModel,
  },
  {
    title: 'an upgrade has taken every agent down',
    blocks: [
      'docs/runbooks/agent-down.md#find-out',
      'docs/runbooks/agent-down.md#mend',
      'docs/runbooks/agent-down.md#afterwards',
    ],
    run: rollBackOutage,
  },
];

async function lookAtRestarts(world: World, execute: Execute): Promise<void> {
  await restartAgents(world);
  const { stdout } = await execute('docs/runbooks/pod-restarting.md#find-out');
  for (const { metadata } of agentPods(world.record))
    checkMatches(stdout, new RegExp(`${metadata?.name}\tCompleted\t0`), 'the last state of a pod that restarted');
  const { stdout: log } = await execute('docs/runbooks/pod-restarting.md#find-out-2');
  checkMatches(log, /SIGTERM|drain|closed|stopped/i, 'the log before the restart');
}

async function lookAtBacklog(world: World, execute: Execute): Promise<void> {
  const load = await world.startLoad({ name: 'backlog', requestsPerSecond: 20, mix: { run: 1 } });
  await load.reached(40);
  await world.eventually('the figures of the pods', async () => {
    const { stdout } = await execute('docs/runbooks/run-backlog.md#find-out');
    for (const { metadata } of agentPods(world.record))
      checkMatches(stdout, new RegExp(`^${metadata?.name} +\\d+m +\\d+Mi`, 'm'), 'what kubectl top says of an agent');
  });
  await load.stop();
}

/** As the kubelet leaves one behind. A pod that is never scheduled, so that no kubelet has another opinion. */
async function removeEvicted(world: World, execute: Execute): Promise<void> {
  const { kubectl, chart, objects } = world;
  const [agent] = agentPods(world.record);
  const { securityContext, containers = [] } = agent?.spec ?? {};
  const [container] = containers;
  const spec = {
    nodeSelector: { 'task-api-e2e/node': 'nowhere' },
    securityContext,
    containers: [{ name: 'agent', image: chart.agentImage, securityContext: container?.securityContext }],
  };
  await objects.apply(evictedPod(spec));
  const status = { status: { phase: 'Failed', reason: 'Evicted', message: 'The node was low on resource: memory.' } };
  const patch = ['patch', 'pod', evicted, '--subresource=status', '--type=merge', '--patch', JSON.stringify(status)];
  checkSucceeded(await kubectl(patch));
  await objects.apply(evictionEvent(world.namespace));
  const { stdout } = await execute('docs/runbooks/pod-evicted.md#find-out');
  checkMatches(stdout, /^evicted .*Evicted/m, 'the pods that have failed');
  checkMatches(stdout, /Evicted +pod\/evicted +The node was low on resource/, 'the events');
  await execute('docs/runbooks/pod-evicted.md#mend');
  checkEqual(await objects.find('Pod', evicted), undefined, 'the pod that was evicted');
  checkThat((await objects.find('Pod', agent?.metadata?.name ?? '')) !== undefined, 'a healthy agent', {
    expected: 'still there',
    actual: 'gone',
  });
}

const evicted = 'evicted';

function evictedPod(spec: object) {
  return { apiVersion: 'v1', kind: 'Pod', metadata: { name: evicted }, spec };
}

function evictionEvent(namespace: string) {
  return {
    apiVersion: 'v1',
    kind: 'Event',
    metadata: { name: evicted },
    involvedObject: { kind: 'Pod', name: evicted, namespace },
    reason: 'Evicted',
    message: 'The node was low on resource: memory.',
    type: 'Warning',
  };
}

async function lookAtModel(world: World, execute: Execute): Promise<void> {
  const baseUrl = 'http://model.invalid:8080/v1';
  await reconfigure(world, { model: { provider: 'openai-compatible', baseUrl, name: 'absent' } });
  const body = { model: 'absent', messages: [{ role: 'user', content: 'is anybody there?' }] };
  const { status } = await world.agent.request({ method: 'POST', path: '/v1/chat/completions', body });
  checkThat(status >= 500, 'the status of a completion without a model', { expected: '500 or above', actual: status });
  const { stdout } = await execute('docs/runbooks/model-endpoint-failing.md#find-out');
  checkMatches(stdout, /model\.invalid:8080/, 'the configuration');
  checkMatches(stdout, /ENOTFOUND|getaddrinfo|EAI_AGAIN/, 'the logs, which say why');
  await reconfigure(world, { model: { provider: 'embedded', baseUrl: '', name: 'embedded' } });
}

async function reconfigure(world: World, values: object): Promise<void> {
  checkSucceeded(await world.helm.upgrade({ values: [values], flags: ['--reuse-values'] }));
}

/** An image that does not exist, in a release that lets no old pod live meanwhile. */
async function rollBackOutage(world: World, execute: Execute): Promise<void> {
  const strategy = { type: 'Recreate', rollingUpdate: null };
  const flags = ['--reuse-values', '--no-hooks'];
  const values = [{ image: { tag: 'does-not-exist' }, strategy }];
  checkSucceeded(await world.helm.upgrade({ values, wait: false, flags }));
  await waitForNoAgent(world);
  await world.waitFor('the image to be missing', (state) =>
    agentPods(state).some(({ status }) =>
      [...(status?.initContainerStatuses ?? []), ...(status?.containerStatuses ?? [])].some(({ state }) =>
        /ImagePull/.test(state?.waiting?.reason ?? ''),
      ),
    ),
  );
  const { stdout } = await execute('docs/runbooks/agent-down.md#find-out');
  checkMatches(stdout, /ImagePull/, 'the pods, which say what it is');
  await execute('docs/runbooks/agent-down.md#mend');
  await waitForAgents(world);
  const { stdout: test } = await execute('docs/runbooks/agent-down.md#afterwards');
  checkMatches(test, /Agent: healthy/, 'what helm test says afterwards');
}
