import { compileSchema } from './compile-schema.ts';

const dnsLabel = { type: 'string', pattern: '^[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?$' };

/** Validates what {@link defineEnvironment} was given; the values in it are the chart's business. */
export const validateInput = compileSchema({
  type: 'object',
  required: ['tier', 'destination', 'chart', 'sync'],
  additionalProperties: false,
  properties: {
    tier: { enum: ['dev', 'staging', 'prod'] },
    destination: {
      type: 'object',
      required: ['server', 'namespace'],
      additionalProperties: false,
      properties: {
        server: {
          type: 'string',
          pattern: '^https://[^\\s/]+$',
          'x-allowed': 'the URL of an API server, https:// and no path',
        },
        namespace: {
          ...dnsLabel,
          'x-allowed': 'a Kubernetes namespace: at most 63 small letters, digits and inner dashes',
        },
      },
    },
    chart: { enum: ['pinned', 'floating'] },
    sync: {
      type: 'object',
      required: ['automated', 'selfHeal'],
      additionalProperties: false,
      properties: { automated: { type: 'boolean' }, selfHeal: { type: 'boolean' }, prune: { type: 'boolean' } },
    },
    promotesFrom: { ...dnsLabel, 'x-allowed': 'the name of a directory below environments/' },
    values: { type: 'object' },
  },
});
