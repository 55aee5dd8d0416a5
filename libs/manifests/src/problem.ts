import type { Path } from './json.ts';
import type { RuleName } from './rules.ts';

/** A finding before it is told which object, template and line it is about. */
export interface Problem {
  readonly rule: RuleName;
  readonly path: Path;
  readonly message: string;
}
