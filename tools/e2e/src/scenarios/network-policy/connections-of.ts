import type { Reach, ReachRequest } from '../../world/reach.ts';
import { modelPorts } from './start-surroundings.ts';

/** A connection that is tried, and what has to become of it. */
export interface Connection extends ReachRequest {
  /** The namespace of the release, or the one of the model. */
  readonly where: 'world' | 'elsewhere';
  readonly expected: Reach;
}

export interface Hosts {
  readonly namespace: string;
  readonly model: string;
}

/** What is silent for some is open for others: so it is the policy, and not the target, that says nothing. */
export function connectionsOf({ namespace, model }: Hosts): readonly Connection[] {
  const parts = partsOf(namespace);
  return [...ofAgent(parts, model), ...ofStrangers(parts, model), ...ofCaller(parts), ...ofDatabases(parts, model)];
}

type Target = Pick<Connection, 'host' | 'port'>;

interface Parts {
  readonly service: Target;
  readonly databases: readonly Target[];
}

const apiServer: Target = { host: 'kubernetes.default.svc.cluster.local', port: 443 };
/** Nobody answers names at the model, but whoever may ask is told so. */
const namesPort = 53;

function partsOf(namespace: string): Parts {
  const host = (name: string) => `${name}.${namespace}.svc.cluster.local`;
  return {
    service: { host: host('task-api'), port: 8000 },
    databases: [
      { host: host('task-api-postgresql'), port: 5432 },
      { host: host('task-api-redis-master'), port: 6379 },
    ],
  };
}

function ofAgent({ databases }: Parts, model: string): readonly Connection[] {
  const agent = { where: 'world', from: 'deployment/task-api' } as const;
  return [
    ...databases.map((target) => ({ ...agent, ...target, expected: 'open' as const })),
    { ...agent, host: model, port: modelPorts.known, expected: 'open' },
    { ...agent, host: model, port: modelPorts.other, expected: 'silent' },
    { ...agent, host: model, port: namesPort, expected: 'silent' },
    { ...agent, ...apiServer, expected: 'silent' },
  ];
}

function ofStrangers({ service, databases }: Parts, model: string): readonly Connection[] {
  const stranger = { where: 'world', from: 'pod/stranger' } as const;
  const foreigner = { where: 'elsewhere', from: 'pod/stranger' } as const;
  return [
    { ...stranger, host: model, port: modelPorts.other, expected: 'open' },
    { ...stranger, host: model, port: namesPort, expected: 'closed' },
    { ...stranger, ...apiServer, expected: 'open' },
    ...[service, ...databases].flatMap((target) =>
      [stranger, foreigner].map((from) => ({ ...from, ...target, expected: 'silent' as const })),
    ),
  ];
}

/** Named by `networkPolicy.ingressFrom`, so let in to the agent, and to nothing else. */
function ofCaller({ service, databases }: Parts): readonly Connection[] {
  const caller = { where: 'world', from: 'pod/e2e-caller' } as const;
  return [
    { ...caller, ...service, expected: 'open' },
    ...databases.map((target) => ({ ...caller, ...target, expected: 'silent' as const })),
  ];
}

function ofDatabases({ service }: Parts, model: string): readonly Connection[] {
  const database = { where: 'world', from: 'statefulset/task-api-postgresql' } as const;
  return [
    { ...database, ...service, expected: 'silent' },
    { ...database, host: model, port: modelPorts.known, expected: 'silent' },
    { where: 'world', from: 'statefulset/task-api-redis-master', ...service, expected: 'silent' },
  ];
}
