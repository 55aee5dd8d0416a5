import { describe, expect, it } from '@jest/globals';
import { sampleCheckout } from '../../test/support/sample-checkout.ts';
import { temporaryDirectory } from '../../test/support/temporary-directory.ts';
import { writeFiles } from '../../test/support/write-files.ts';
import { findHelm } from '../find-helm.ts';
import { prepareChart } from '../prepare-chart.ts';
import { renderVariants } from './render-variants.ts';

const helm = await findHelm();
const root = sampleCheckout();
writeFiles(root, {
  'charts/mirror/store/values.yaml': 'size: { disk: 1, memory: 1 }\n',
  'charts/mirror/store/templates/store.yaml': `kind: Store
metadata: { name: {{ .Release.Name }}-{{ .Chart.Name }} }
disk: {{ .Values.size.disk }}
memory: {{ .Values.size.memory }}
{{- if eq (int .Values.size.disk) 0 }}{{ fail "size.disk is 0" }}{{ end }}
`,
});
const env = { PATH: process.env.PATH, XDG_CACHE_HOME: temporaryDirectory() };
const chart = await prepareChart({ root, helm, env, lane: 'mirror', chart: 'mirror/store' });
const disk = (size: number) => [{ size: { disk: size } }];

describe('renderVariants', () => {
  it('gives the manifest of each, as if it had been rendered alone', async () => {
    const manifests = await renderVariants({
      helm,
      chart,
      variants: [disk(2), [{}], [...disk(3), { size: { memory: 4 } }]],
    });
    expect(
      manifests.map((text) => /^kind: Store\n.*\ndisk: (\d)\nmemory: (\d)/m.exec(text)?.slice(1).join(' ')),
    ).toEqual(['2 1', '1 1', '3 4']);
    expect(manifests.map((text) => text.includes('name: release-store'))).toEqual([true, true, true]);
  });

  it('gives Helm’s refusal of one, and the manifests of the others', async () => {
    const outcomes = await renderVariants({ helm, chart, variants: [disk(2), disk(0), disk(3)] });
    expect(outcomes[0]).toContain('disk: 2');
    expect(outcomes[1]).toContain('size.disk is 0');
    expect(outcomes[2]).toContain('disk: 3');
  });

  it('renders more than fit into one batch', async () => {
    const variants = Array.from({ length: 30 }, (_, index) => disk(index + 1));
    const outcomes = await renderVariants({ helm, chart, variants });
    expect(outcomes.every((text, index) => text.includes(`disk: ${index + 1}\n`))).toBe(true);
  });
});
