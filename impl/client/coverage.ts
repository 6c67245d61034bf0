/** The client's part where HSMs differ in their users: whom it lists, and whom it asks first, so that a refusal comes before any change. */
import type { Command, UserList } from '../hsm/index.ts'
import type { Connection } from '../service/index.ts'

/** An HSM with what it says of its users. */
export interface Listed {
  readonly connection: Connection
  readonly list: UserList
}

/** The users whom some of the HSMs have and others have not. §user.list.coverage */
export const unevenIn = (lists: readonly UserList[]): readonly string[] =>
  everybodyIn(lists).filter(name => !lists.every(({ users }) => users.includes(name)))

/** Everybody whom one of them has. §user.list.coverage */
export const everybodyIn = (lists: readonly UserList[]): readonly string[] =>
  [...new Set(lists.flatMap(({ users }) => users))].sort()

/** Whether an HSM refuses, going by its list of users. §user.create.exists §user.target §user.login.missing */
const refuses = ({ list: { users } }: Listed, command: Command): boolean => {
  if ('as' in command && command.as !== null && !users.includes(command.as.user)) return true
  if (command.op === 'CreateUser') return users.includes(command.name)
  if (command.op === 'DeleteUser' || command.op === 'ChangePassword') return !users.includes(command.name)
  return false
}

/** Those that refuse come first. */
export const reluctantFirst = (listed: readonly Listed[], command: Command): readonly Connection[] => {
  const [yes, no] = [true, false].map(is => listed.filter(one => refuses(one, command) === is))
  return [...(yes ?? []), ...(no ?? [])].map(({ connection }) => connection)
}
