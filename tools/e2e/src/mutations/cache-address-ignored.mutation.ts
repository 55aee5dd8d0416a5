import type { Mutation } from './mutation.ts';

/** The agent serves without its cache; only the test of the release tells. */
export const cacheAddressIgnored: Mutation = {
  name: 'cache-address-ignored',
  title: 'The address of an external Redis is not used',
  edits: [
    {
      file: 'templates/_connections.tpl',
      find: '{{- .Values.externalRedis.host -}}',
      replace: '{{- printf "%s-redis-master" .Release.Name -}}',
    },
  ],
  scenario: 'install-external-database',
  failure: /Redis: unhealthy/,
};
