import { apiIsNotDeprecated, apiIsServed, objectFitsSchema, statusIsLeftToTheCluster } from './api-rules.ts';
import { backendPortExists } from './backend-rules.ts';
import { documentIsUnambiguous } from './document-rules.ts';
import { engineAnnotationsAreKnown, hookWordsAreKnown, weightIsWholeNumber } from './hook-rules.ts';
import {
  annotationsFit,
  nameFitsKind,
  nameLeavesRoomForPods,
  namespaceFitsScope,
  namespaceIsOfRelease,
  objectHasName,
  objectIsUnique,
} from './metadata-rules.ts';
import { serviceHasPorts } from './network-rules.ts';
import { neededHooksStay, neededObjectsComeFirst, upgradeHooksReadNothingNew } from './order-rules.ts';
import {
  containerNamesDiffer,
  limitsCoverRequests,
  mountsNameVolumes,
  portNamesDiffer,
  probesNamePorts,
  restartPolicyFitsOwner,
  successThresholdIsOne,
  volumesHaveOneSource,
} from './pod-rules.ts';
import { referencedKeysExist, referencesResolve } from './reference-rules.ts';
import type { ObjectRule, PodRule } from './rule.ts';
import { monitorFindsPorts, selectorFindsPods, selectorSparesHooks, targetPortExists } from './selector-rules.ts';
import {
  autoscalerRangeIsOrdered,
  replicasAreLeftToAutoscaler,
  rolloutCanProgress,
  selectorMatchesOwnPods,
  strategyFitsItsSettings,
} from './workload-rules.ts';

export const objectRules: readonly ObjectRule[] = [
  documentIsUnambiguous,
  apiIsServed,
  apiIsNotDeprecated,
  objectFitsSchema,
  statusIsLeftToTheCluster,
  objectHasName,
  nameFitsKind,
  nameLeavesRoomForPods,
  annotationsFit,
  namespaceFitsScope,
  namespaceIsOfRelease,
  objectIsUnique,
  hookWordsAreKnown,
  weightIsWholeNumber,
  engineAnnotationsAreKnown,
  serviceHasPorts,
  strategyFitsItsSettings,
  rolloutCanProgress,
  autoscalerRangeIsOrdered,
  replicasAreLeftToAutoscaler,
  selectorFindsPods,
  selectorSparesHooks,
  targetPortExists,
  monitorFindsPorts,
  backendPortExists,
  referencesResolve,
  referencedKeysExist,
  neededObjectsComeFirst,
  neededHooksStay,
  upgradeHooksReadNothingNew,
];

export const podRules: readonly PodRule[] = [
  selectorMatchesOwnPods,
  containerNamesDiffer,
  mountsNameVolumes,
  volumesHaveOneSource,
  probesNamePorts,
  portNamesDiffer,
  limitsCoverRequests,
  restartPolicyFitsOwner,
  successThresholdIsOne,
];
