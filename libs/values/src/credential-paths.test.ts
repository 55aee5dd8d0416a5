import { describe, expect, it } from '@jest/globals';
import { credentialPaths } from './credential-paths.ts';

describe('credentialPaths', () => {
  it('finds a password by the name of its key, of its variable, or inside a URL', () => {
    const values = {
      redis: { auth: { password: 'a' } },
      extraEnv: [{ name: 'API_TOKEN', value: 'b' }],
      model: { baseUrl: 'https://user:c@model.example.com' },
    };
    expect(credentialPaths(values)).toEqual([
      ['redis', 'auth', 'password'],
      ['extraEnv', '0', 'value'],
      ['model', 'baseUrl'],
    ]);
  });

  it('lets the names of Secrets and of their keys pass, and what is empty', () => {
    const values = {
      redis: { auth: { password: '', existingSecret: 'a', existingSecretPasswordKey: 'redis-password' } },
      model: { apiKey: { enabled: true, existingSecretKey: 'model-api-key' }, baseUrl: 'https://model.example.com/v1' },
      imagePullSecrets: [{ name: 'registry' }],
    };
    expect(credentialPaths(values)).toEqual([]);
  });
});
