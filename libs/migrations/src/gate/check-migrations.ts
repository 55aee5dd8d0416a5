import type { Migration } from '../migration-file.ts';
import type { Finding } from './finding.ts';
import { hasStar, type MigrationRule, migrationRules } from './migration-rules.ts';
import { type ParsedMigration, parseMigrations } from './schema-facts.ts';
import type { SqlCatalogue } from './sql-catalogue.ts';
import { parseSql } from './syntax-tree.ts';

/** Reads the migrations with PostgreSQL's parser and says what a rolling update would not survive. */
export async function checkMigrations(migrations: readonly Migration[]): Promise<readonly Finding[]> {
  const parsed = await parseMigrations(migrations);
  return parsed.flatMap((one) => Object.entries(migrationRules).flatMap(([name, rule]) => applyRule(one, name, rule)));
}

function applyRule(parsed: ParsedMigration, rule: string, { detect, harm, recipe }: MigrationRule): readonly Finding[] {
  const file = parsed.migration.name;
  return detect(parsed).map((found) => ({ rule, file, message: `"${found}" ${harm}; ${recipe}` }));
}

/** A statement of the application that takes all columns breaks on a connection that prepared it before one was added. */
export async function checkCatalogueText({ statements }: SqlCatalogue): Promise<readonly Finding[]> {
  const { harm, recipe } = migrationRules['select-star'] ?? { harm: '', recipe: '' };
  const findings = statements.map(async ({ name, text }) => {
    const isStarred = (await parseSql(text)).some(hasStar);
    return isStarred ? [{ rule: 'select-star', file: name, message: `"${text}" ${harm}; ${recipe}` }] : [];
  });
  return (await Promise.all(findings)).flat();
}
