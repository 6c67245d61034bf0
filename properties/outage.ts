/** Outages: while a crash has stopped a job of the service, requests are refused and what is due waits, whatever other clauses say. */
import { RULES, type Input, type RuleName, type State } from '../model/index.ts'

/** What only the service does. */
export const BY_SERVICE: readonly RuleName[] = [...RULES.settle, 'ClusterBackedUp', 'FailSeal', 'FailCopy']

/** What a customer asks of the service. */
export const REQUESTS: readonly RuleName[] = [
  ...RULES.control,
  ...RULES.retention,
  ...RULES.describe,
  ...RULES.copies,
  ...RULES.sharing,
  ...RULES.migration,
]

/** The service is out. */
export const isOut = ({ job }: Pick<State, 'job'>): boolean => job.some(({ value }) => value !== 'vacant')

/** Something is tried that takes a service, while that is out. */
export const isOutOfService = (before: Pick<State, 'job'>, { rule }: Pick<Input, 'rule'>): boolean =>
  isOut(before) && [...BY_SERVICE, ...REQUESTS].includes(rule)
