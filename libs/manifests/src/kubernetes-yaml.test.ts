import { describe, expect, it } from '@jest/globals';
import { parseKubernetesYaml } from './kubernetes-yaml.ts';

/** What sigs.k8s.io/yaml, which kubectl, Helm and Argo CD read with, makes of a document. */
const asKubernetesReads: readonly (readonly [string, string])[] = [
  ['v: on', '{"v":true}'],
  ['v: y', '{"v":true}'],
  ['v: Yes', '{"v":true}'],
  ['v: No', '{"v":false}'],
  ['v: OFF', '{"v":false}'],
  ['v: "on"', '{"v":"on"}'],
  ['v: !!str on', '{"v":"on"}'],
  ['on: 1', '{"true":1}'],
  ['1: a', '{"1":"a"}'],
  ['1.5: a', '{"1.5":"a"}'],
  ['v: 0644', '{"v":420}'],
  ['v: 0o644', '{"v":420}'],
  ['v: -0644', '{"v":-420}'],
  ['v: 0_7', '{"v":7}'],
  ['v: 089', '{"v":89}'],
  ['v: 08', '{"v":8}'],
  ['v: 00', '{"v":0}'],
  ['v: -0', '{"v":0}'],
  ['v: 012345678', '{"v":12345678}'],
  ['v: 0x1F', '{"v":31}'],
  ['v: 0b11', '{"v":3}'],
  ['v: 0b2', '{"v":"0b2"}'],
  ['v: 1_000', '{"v":1000}'],
  ['v: _1', '{"v":"_1"}'],
  ['v: 1:30', '{"v":"1:30"}'],
  ['v: 190:20:30', '{"v":"190:20:30"}'],
  ['v: 2001-01-01', '{"v":"2001-01-01"}'],
  ['v: ~', '{"v":null}'],
  ['v: Null', '{"v":null}'],
  ['v: ', '{"v":null}'],
  ['v: .5', '{"v":0.5}'],
  ['v: 1.', '{"v":1}'],
  ['v: 1e3', '{"v":1000}'],
  ['v: 1.e+1', '{"v":10}'],
  ['v: 1e', '{"v":"1e"}'],
  ['v: e3', '{"v":"e3"}'],
  ['v: +12', '{"v":12}'],
  ['v: 1_000.5', '{"v":1000.5}'],
  ['v: =', '{"v":"="}'],
  ['v: &a {b: 1}\nw: *a', '{"v":{"b":1},"w":{"b":1}}'],
  ['v: &a {b: 1}\nw: {<<: *a, c: 2}', '{"v":{"b":1},"w":{"b":1,"c":2}}'],
  ['a: 1\na: 2', '{"a":2}'],
];

describe('parseKubernetesYaml', () => {
  it.each(asKubernetesReads)('reads %j as %s', (yaml, json) => {
    expect(JSON.stringify(parseKubernetesYaml(yaml).toJS())).toBe(json);
  });
});
