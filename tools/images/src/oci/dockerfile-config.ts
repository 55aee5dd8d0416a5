import { ImagesError } from '../images-error.ts';
import type { ContainerConfig } from './image-config.ts';

export interface DockerfileConfig {
  /** `node:24.21.0-bookworm-slim` */
  readonly from: string;
  readonly config: ContainerConfig;
}

/**
 * How a container of the last stage runs, as a Dockerfile says it; what it copies and runs while it builds is not looked at.
 *
 * @throws {ImagesError} for an instruction or a form that would change the container and is not taken over
 */
export function dockerfileConfig(text: string, path: string): DockerfileConfig {
  return listInstructions(text).reduce<DockerfileConfig>((image, instruction) => apply(image, instruction, path), {
    from: '',
    config: {},
  });
}

interface Instruction {
  readonly name: string;
  readonly value: string;
}

function listInstructions(text: string): readonly Instruction[] {
  return text
    .replace(/^\s*#.*\n/gm, '')
    .replace(/\\\n/g, ' ')
    .split('\n')
    .map((line) => /^\s*(\w+)\s+(.*\S)\s*$/.exec(line))
    .flatMap((match) => (match ? [{ name: (match[1] ?? '').toUpperCase(), value: match[2] ?? '' }] : []));
}

function apply(image: DockerfileConfig, instruction: Instruction, path: string): DockerfileConfig {
  const { name, value } = instruction;
  if (name === 'FROM') return { from: value.replace(/\s+as\s+\S+$/i, ''), config: {} };
  if (atBuild.has(name)) return image;
  const change = changes[name]?.(value, image.config);
  if (change === undefined) throw refusal(instruction, path);
  return { ...image, config: { ...image.config, ...change } };
}

const atBuild: ReadonlySet<string> = new Set(['COPY', 'RUN']);

type Change = (value: string, before: ContainerConfig) => ContainerConfig | undefined;

const changes: Readonly<Record<string, Change>> = {
  LABEL: (value, { Labels = {} }) => ({ Labels: { ...Labels, ...Object.fromEntries(pairs(value)) } }),
  WORKDIR: (value) => ({ WorkingDir: value }),
  ENV: (value, { Env = [] }) => ({ Env: [...Env, ...pairs(value).map(([key, text]) => `${key}=${text}`)] }),
  USER: (value) => ({ User: value }),
  EXPOSE: (value, { ExposedPorts = {} }) => ({ ExposedPorts: { ...ExposedPorts, [`${value}/tcp`]: {} } }),
  ENTRYPOINT: (value) => whenList(value, (Entrypoint) => ({ Entrypoint })),
  CMD: (value) => whenList(value, (Cmd) => ({ Cmd })),
  STOPSIGNAL: (value) => ({ StopSignal: value }),
};

/** `key=value other="two words"` */
function pairs(value: string): readonly (readonly [string, string])[] {
  return [...value.matchAll(/([^\s=]+)=(?:"([^"]*)"|(\S+))/g)].map(
    ([, key = '', quoted, plain]) => [key, quoted ?? plain ?? ''] as const,
  );
}

/** The form without brackets would be run by a shell. */
function whenList(value: string, use: (list: readonly string[]) => ContainerConfig): ContainerConfig | undefined {
  return value.startsWith('[') ? use(JSON.parse(value)) : undefined;
}

function refusal({ name, value }: Instruction, path: string): ImagesError {
  const allowed = `FROM, ${[...atBuild, ...Object.keys(changes)].join(', ')}, and lists in brackets for ENTRYPOINT and CMD`;
  return new ImagesError('dockerfile', { path, value: `${name} ${value}`, allowed });
}
