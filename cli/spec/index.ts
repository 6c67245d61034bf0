/** SPEC.md and its links, and the repository's files as text. */
export { blockIn, withBlock } from './block.ts'
export {
  REFERENCE,
  ROLES,
  parseSpec,
  pointsAt,
  type Clause,
  type Requirement,
  type Role,
  type Spec,
  type Waiver,
} from './clauses.ts'
export { ROOT, filePaths, readFiles, readSpec, type SourceFile } from './files.ts'
export { linksOf, mentions, placesOf, type Link, type Linked } from './links.ts'
export { matrixOf, type Cell, type Matrix, type RequirementRow, type Row } from './matrix.ts'
export { codeOf, importsOf, tokensOf, type Import, type Token } from './tokens.ts'
export { unreachedIn, type Unreached } from './unreached.ts'
