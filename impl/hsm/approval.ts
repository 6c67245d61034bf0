/** Approval: whether an officer may go on, and what he does about tokens. What is left of them comes out with each answer. */
import type { Held, Means } from './commands.ts'
import type { User } from './contents.ts'
import { accepted, refused, type CommandCode, type Outcome } from './outcome.ts'
import { tokenFor, type Service, type Tokens } from './tokens.ts'
import type { AnswerValue, Command } from './wire.ts'

/** The tokens once the one that it takes was used; as they are for who takes none. §quorum.required §quorum.once §loss.quorum */
export const approvalFor = (
  { parts }: Means,
  { contents, tokens }: Held,
  { name, role }: User,
  service: Service,
): Outcome<Tokens, 'QUORUM_REQUIRED'> => {
  if (!parts.takesApproval(contents.quorum, role)) return accepted(tokens)
  const own = tokens.filter(({ of }) => of === name)
  if (parts.lacksToken(own)) return refused('QUORUM_REQUIRED') // §quorum.required
  if (parts.lacksService(own, service)) return refused('QUORUM_REQUIRED') // §quorum.service
  const token = tokenFor(own, name, service)
  if (token !== undefined && parts.lacksApprovals(token, contents.quorum)) return refused('QUORUM_REQUIRED') // §quorum.few
  return accepted(parts.useToken(tokens, name, service))
}

type Kept = Outcome<{ readonly tokens: Tokens; readonly value: AnswerValue }, CommandCode>

/** A token of its own, in the place of an older one. §quorum.token */
export const issueToken = ({ parts, draw, now }: Means, { tokens }: Held, { name }: User, service: Service): Kept => {
  const token = parts.newToken(draw, name, service, now)
  return accepted({ tokens: parts.addToken(tokens, token), value: { kind: 'bytes', bytes: token.bytes } })
}

type Approve = Extract<Command, { readonly op: 'ApproveToken' }>

export const approveToken = ({ parts }: Means, { tokens }: Held, user: User, { token, signature }: Approve): Kept => {
  const found = parts.findToken(tokens, token)
  if (found === undefined) return refused('TOKEN_MISSING') // §quorum.token.missing
  if (parts.hasApproved(found, user.name)) return refused('ALREADY_APPROVED') // §quorum.approve.once
  if (!parts.isSigned(found, user, signature)) return refused('SIGNATURE') // §quorum.signature
  // §quorum.approve
  return accepted({ tokens: parts.addApproval(tokens, found, user.name), value: { kind: 'done' } })
}
