import { agentContract } from '@task-api/contract';

interface Variable {
  readonly default?: string;
  readonly meaning: string;
}

/** The text with the table between its two marks brought up to date. */
export function insertConfigurationTable(text: string): string {
  return text.replace(/(<!-- configuration: .*-->\n)[\s\S]*?(<!-- \/configuration -->)/, `$1${configurationTable()}$2`);
}

function configurationTable(): string {
  const rows = Object.entries<Variable>(agentContract.environment).map(
    ([name, variable]) =>
      `| \`${name}\` | ${variable.default === undefined ? '' : `\`${variable.default}\``} | ${variable.meaning} |`,
  );
  return ['| Variable | Default | Meaning |', '|---|---|---|', ...rows, ''].join('\n');
}
