/** The variant with wider local states in Promela, written from its description beside the network. */
import { program, rule, upTo } from '../../spin/text.ts'
import type { PoliciesSize } from './view.ts'

/** Values of `hs` (absent is 0) and of `bs` (empty is 0). */
const [PROVISIONING, ACTIVE, FAILED] = [1, 2, 3]
const [CREATING, READY, DELETED] = [1, 2, 3]

/** Of each HSM its state, version, policy and origin; of each backup its state, version, policy and mode. */
export const policiesPromela = ({ hsms, backups, versions, policies }: PoliciesSize): string => {
  const [hs, bs] = [upTo(hsms), upTo(backups)]
  const isActive = (h: number) => `hs[${h}] == ${ACTIVE}`
  const noneActive = hs.map(h => `hs[${h}] != ${ACTIVE}`).join(' && ')
  const isUsable = (b: number) => `bs[${b}] == ${READY} && bm[${b}] == mode`
  const forgetHsm = (h: number) => `hv[${h}] = 0; hp[${h}] = 0; ho[${h}] = 0`
  const forgetBackup = (b: number) => `bv[${b}] = 0; bp[${b}] = 0; bm[${b}] = 0`
  const take = (h: number, b: number) =>
    `bs[${b}] = ${CREATING}; bv[${b}] = hv[${h}]; bp[${b}] = hp[${h}]; bm[${b}] = mode`

  const findHighest = hs.map(h => `if :: ${isActive(h)} && hp[${h}] > p -> p = hp[${h}] :: else fi`).join('; ')
  const findActive = hs.map(h => `if :: ${isActive(h)} -> a = ${h + 1} :: else fi`).join('; ')
  const isLater = (b: number) => `(bv[${b}] > l || (bv[${b}] == l && bp[${b}] > p))`
  const findLatest = bs
    .map(b => `if :: ${isUsable(b)} && ${isLater(b)} -> l = bv[${b}]; p = bp[${b}] :: else fi`)
    .join('; ')
  const activate = (h: number) =>
    `a = 0; l = 0; p = 0; ${findActive}; if :: a > 0 -> ${findHighest}; hv[${h}] = hv[a - 1]; ho[${h}] = ho[a - 1] ` +
    `:: else -> ${findLatest}; hv[${h}] = l; ho[${h}] = mode fi; hp[${h}] = p; hs[${h}] = ${ACTIVE}`
  const isLower = hs
    .flatMap(h => hs.filter(g => g !== h).map(g => `(${isActive(h)} && ${isActive(g)} && hp[${h}] < hp[${g}])`))
    .concat('false')
    .join(' || ')

  const rules = [
    ...hs.flatMap(h => [
      rule('createHsm', `hs[${h}] == 0`, `hs[${h}] = ${PROVISIONING}`),
      rule('activate', `hs[${h}] == ${PROVISIONING}`, activate(h)),
      rule('fail', `hs[${h}] == ${PROVISIONING} || ${isActive(h)}`, `hs[${h}] = ${FAILED}; ${forgetHsm(h)}`),
      rule('deleteFailed', `hs[${h}] == ${FAILED}`, `hs[${h}] = 0`),
      ...upTo(policies + 1).map(policy =>
        rule('setPolicy', `${isActive(h)} && hp[${h}] != ${policy}`, `hp[${h}] = ${policy}`),
      ),
      ...bs.flatMap(b => [
        rule('deleteHsm', `${isActive(h)} && bs[${b}] == 0`, `${take(h, b)}; hs[${h}] = 0; ${forgetHsm(h)}`),
        rule('startBackup', `${isActive(h)} && bs[${b}] == 0`, take(h, b)),
        rule(
          'restore',
          `hs[${h}] == ${PROVISIONING} && ${isUsable(b)} && ${noneActive}`,
          `hs[${h}] = ${ACTIVE}; hv[${h}] = bv[${b}]; hp[${h}] = bp[${b}]; ho[${h}] = bm[${b}]`,
        ),
      ]),
    ]),
    ...bs.flatMap(b => [
      rule('finish', `bs[${b}] == ${CREATING}`, `bs[${b}] = ${READY}`),
      rule('deleteBackup', `bs[${b}] == ${READY}`, `bs[${b}] = ${DELETED}; ${forgetBackup(b)}`),
      rule('purge', `bs[${b}] == ${DELETED}`, `bs[${b}] = 0`),
    ]),
    rule('recreate', hs.map(h => `hs[${h}] == 0`).join(' && '), 'mode = 3 - mode'),
    rule(
      'writeKey',
      hs.map(h => `(${isActive(h)} && hv[${h}] < ${versions})`).join(' || '),
      hs.map(h => `if :: ${isActive(h)} -> hv[${h}]++ :: else fi`).join('; '),
    ),
    rule(
      'raisePolicies',
      isLower,
      `p = 0; ${findHighest}; ${hs.map(h => `if :: ${isActive(h)} -> hp[${h}] = p :: else fi`).join('; ')}`,
    ),
  ]
  return program({
    comment: `${hsms} HSM slots, ${backups} backup slots, versions 0 to ${versions}, policies 0 to ${policies}`,
    variables: [
      ...['hs', 'hv', 'hp', 'ho'].map(name => `${name}[${hsms}]`),
      ...['bs', 'bv', 'bp', 'bm'].map(name => `${name}[${backups}]`),
    ],
    hidden: ['a', 'l', 'p'],
    rules,
  })
}
