/** The model: what may happen in a CloudHSM account. */
export { DEFAULT_CHOICES, cloudHsm, initial, step } from './cloudhsm.ts'
export type { ChoiceId, Choices, CloudHsm, CloudHsmOptions, Edit, Emission, Step, Taken } from './cloudhsm.ts'
export type { Family, Input, RuleName } from './input.ts'
export { withValue } from './input.ts'
export { EMPTY, PARTS, type Contents, type Part } from './machines/contents.ts'
export { label } from './machines/backup.ts'
export type { JobEffect, JobStep, Moment } from './machines/steps.ts'
export { CUSTOMER, FIRST_ZONE, HOME, otherThan } from './machines/words.ts'
export type { AccountId, As, HsmType, Line, Mode, Region, Zone } from './machines/words.ts'
export type { Fired, Outcome } from './network/step.ts'
export { fold, look, type Fold, type Placed } from './network/view.ts'
export type { Account, AccountRule, AccountSlots, KindName, State } from './things.ts'
export { view, type ClusterView } from './view.ts'
export { observe, seenBackup, seenCluster, type Seen, type SeenBackup, type SeenCluster } from './observe.ts'
export { pending, type Due } from './pending.ts'
export { RELEASED, SECRET_PARTS, SIGHTS, lowLocal, type Release } from './low.ts'
export { archived, archivedIn, heldByService, readable, type Outside } from './secrecy.ts'
export { CONTEXT, SEEN, clauseOfPart, type SeenField } from './blame.ts'
export { clausesOf } from './clauses.ts'
export {
  INTERCHANGEABLE,
  deep,
  reviewer,
  modelsOf,
  scopeNamed,
  scopes,
  smoke,
  starts,
  type Scope,
} from './scopes/index.ts'
export { RULES, inputsOf, type Bounds } from './vocabulary.ts'
export { explore, sweepScope, type ExploreOptions, type Explored, type SweptScope } from './explore/scope.ts'
export type { Answer, StateQuestion, StepQuestion, Store } from './explore/fast/index.ts'
export { leadsTo, type Counterexample as Lasso, type Extent, type Fairness, type Graph } from './liveness/index.ts'
export { fromEmpty, graphOfScope } from './liveness/scope.ts'
export { say, tell, type Told } from './explore/trace.ts'
export { cover, nothingCovered, refusalOf, transitionsOf, type Coverage, type Transition } from './coverage.ts'
export {
  decidedByChoice,
  eachValue,
  itemsOf,
  reachedUnder,
  reachedUnderAll,
  unreached,
  type Item,
  type Reached,
} from './reach.ts'
export { nobodySends, noting, type Senders } from './senders.ts'
export { sidesOf, sidesShown, watching } from './sides.ts'
export { evaluate, guardText } from './network/conditions.ts'
export {
  acceptInstead,
  dropEntries,
  editConfig,
  editEntries,
  editRule,
  editView,
  overrideAction,
  overrideEmission,
  overrideGuard,
  type RawConfig,
  type RawEntry,
} from './edit.ts'
export { lint, type Finding } from './lint.ts'
export { fieldsOf, freeze, isDead, type Field, type Verdict } from './freeze.ts'
