import { findNodes, type ParsedStatement } from './syntax-tree.ts';

export const writeTypes = ['InsertStmt', 'UpdateStmt', 'DeleteStmt', 'MergeStmt'] as const;

/** What they hold runs later, when somebody calls it. */
const definitions = new Set(['CreateFunctionStmt', 'RuleStmt']);

/** The parts of a statement that write any number of rows; the part may be in a `with` of a harmless one. */
export function massWritesOf({ type, fields }: ParsedStatement): readonly ParsedStatement[] {
  if (definitions.has(type)) return [];
  return writeTypes
    .flatMap((write) => findNodes({ [type]: fields }, write).map((found) => ({ type: write, fields: found })))
    .filter(isMassWrite);
}

/** `insert … values` writes as many rows as it has lines. */
function isMassWrite({ type, fields }: ParsedStatement): boolean {
  if (type !== 'InsertStmt') return true;
  return findNodes(fields.selectStmt, 'fromClause').length > 0 || findNodes(fields.selectStmt, 'RangeVar').length > 0;
}
