import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import { $ } from 'zx';
import { fetchGoModule } from './go-module.ts';
import { schemaFileTemplate, writeCustomResourceSchemas, writeKubernetesSchemas } from './kubeconform-schemas.ts';
import { customResources, kubeconform, kubernetesModule, kubernetesReleases } from './schema-sources.ts';

/** What kubeconform says about one object. */
export interface KubeconformResult {
  readonly filename: string;
  readonly status: string;
  readonly msg: string;
}

/** Builds kubeconform from its Go module, whose checksum Go verifies; returns the path of the binary. */
export async function buildKubeconform(cache: string): Promise<string> {
  const folder = join(cache, `kubeconform-${kubeconform.version}`);
  await mkdir(folder, { recursive: true });
  await $({
    cwd: folder,
    env: { ...process.env, GOBIN: folder, CGO_ENABLED: '0' },
  })`go install ${kubeconform.package}@${kubeconform.version}`.quiet();
  return join(folder, 'kubeconform');
}

/** Writes the schemas of one Kubernetes version and of the custom resources; returns their folder. */
export async function writeSchemas(minor: string, cache: string): Promise<string> {
  const target = join(cache, `kubeconform-schemas-${minor}`);
  const kubernetes = await fetchGoModule(kubernetesModule, kubernetesReleases[minor] ?? '');
  await writeKubernetesSchemas(kubernetes.directory, target);
  for (const source of customResources) {
    const module = await fetchGoModule(source.module, source.version);
    await writeCustomResourceSchemas(module.directory, source, target);
  }
  return target;
}

/** Validates files with `-strict`; objects that are valid are not in the result. */
export async function runKubeconform(
  binary: string,
  schemas: string,
  files: readonly string[],
): Promise<readonly KubeconformResult[]> {
  const location = join(schemas, schemaFileTemplate);
  const { stdout } = await $`${binary} -strict -output json -schema-location ${location} ${files}`.quiet().nothrow();
  // The fields are those that kubeconform documents for `-output json`.
  const { resources } = JSON.parse(stdout) as { readonly resources?: readonly KubeconformResult[] };
  return resources ?? [];
}
