/** Variants of the benchmark network, to show that an explorer's speed is not special to one network. */
export { policies } from './policies/index.ts'
export type { PoliciesSize, PoliciesState } from './policies/view.ts'
export { users } from './users/index.ts'
export type { UsersSize, UsersState } from './users/view.ts'
export type { Built, Counted, CountedDeep, Variant } from './variant.ts'
