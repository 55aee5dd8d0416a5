import { listAt, textAt } from '../json.ts';
import { groupKindOf } from '../kubernetes-object.ts';
import type { ObjectRule } from './rule.ts';

export const serviceHasPorts: ObjectRule = ({ object }) => {
  if (groupKindOf(object) !== 'Service') return [];
  const ports = listAt(object, 'spec', 'ports');
  const needsNone = textAt(object, 'spec', 'type') === 'ExternalName' || textAt(object, 'spec', 'clusterIP') === 'None';
  if (ports.length === 0 && !needsNone)
    return [
      {
        rule: 'missing-field',
        path: ['spec', 'ports'],
        message: 'is missing; a Service without clusterIP: None needs ports',
      },
    ];
  const unnamed =
    ports.length > 1 ? ports.flatMap((port, index) => (textAt(port, 'name') === undefined ? [index] : [])) : [];
  return unnamed.map((index) => ({
    rule: 'missing-field',
    path: ['spec', 'ports', index, 'name'],
    message: 'is missing; with more than one port every port needs a name',
  }));
};
