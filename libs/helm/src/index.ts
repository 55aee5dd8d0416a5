export { type FindHelmOptions, findHelm, type HelmBinary } from './find-helm.ts';
export { HelmError, type HelmRule, type SchemaViolation } from './helm-error.ts';
