import { readFileSync } from 'node:fs';
import { dirname, join } from 'node:path';
import type { PreparedChart } from '@task-api/helm';

/** Reads templates by the name that Helm gives them: `task-api/charts/redis/templates/service.yaml`. */
export function templateReader({ directory }: PreparedChart): (template: string) => string | undefined {
  return (template) => {
    try {
      return readFileSync(join(dirname(directory), template), 'utf8');
    } catch {
      return undefined;
    }
  };
}
