/** The benchmark network in Promela, written from its description: byte variables, one d_step for each rule and its participants. */
import type { Size } from '../network/index.ts'
import { program, rule, upTo } from './text.ts'

/** Values of `hs` (absent is 0) and of `bs` (empty is 0). */
const [PROVISIONING, ACTIVE, FAILED] = [1, 2, 3]
const [CREATING, READY, DELETED] = [1, 2, 3]

/** The text of a model with N HSM slots, K backup slots and versions up to V. The mode is chosen in a first step. */
export const promelaOf = ({ hsms, backups, versions }: Size): string => {
  const [hs, bs] = [upTo(hsms), upTo(backups)]
  const noneActive = hs.map(h => `hs[${h}] != ${ACTIVE}`).join(' && ')
  const forgetHsm = (h: number) => `hv[${h}] = 0; ho[${h}] = 0`
  const forgetBackup = (b: number) => `bv[${b}] = 0; bm[${b}] = 0`
  const take = (h: number, b: number) => `bs[${b}] = ${CREATING}; bv[${b}] = hv[${h}]; bm[${b}] = mode`

  const findActive = hs.map(h => `if :: hs[${h}] == ${ACTIVE} -> a = ${h + 1} :: else fi`).join('; ')
  const findLatest = bs
    .map(b => `if :: bs[${b}] == ${READY} && bm[${b}] == mode && bv[${b}] >= l -> l = bv[${b}] :: else fi`)
    .join('; ')
  const activate = (h: number) =>
    `a = 0; l = 0; ${findActive}; if :: a > 0 -> hv[${h}] = hv[a - 1]; ho[${h}] = ho[a - 1] ` +
    `:: else -> ${findLatest}; hv[${h}] = l; ho[${h}] = mode fi; hs[${h}] = ${ACTIVE}`

  const rules = [
    ...hs.flatMap(h => [
      rule('createHsm', `hs[${h}] == 0`, `hs[${h}] = ${PROVISIONING}`),
      rule('activate', `hs[${h}] == ${PROVISIONING}`, activate(h)),
      rule('fail', `hs[${h}] == ${PROVISIONING} || hs[${h}] == ${ACTIVE}`, `hs[${h}] = ${FAILED}; ${forgetHsm(h)}`),
      rule('deleteFailed', `hs[${h}] == ${FAILED}`, `hs[${h}] = 0`),
    ]),
    ...hs.flatMap(h =>
      bs.flatMap(b => [
        rule('deleteHsm', `hs[${h}] == ${ACTIVE} && bs[${b}] == 0`, `${take(h, b)}; hs[${h}] = 0; ${forgetHsm(h)}`),
        rule('startBackup', `hs[${h}] == ${ACTIVE} && bs[${b}] == 0`, take(h, b)),
        rule(
          'restore',
          `hs[${h}] == ${PROVISIONING} && bs[${b}] == ${READY} && bm[${b}] == mode && ${noneActive}`,
          `hs[${h}] = ${ACTIVE}; hv[${h}] = bv[${b}]; ho[${h}] = bm[${b}]`,
        ),
      ]),
    ),
    ...bs.flatMap(b => [
      rule('finish', `bs[${b}] == ${CREATING}`, `bs[${b}] = ${READY}`),
      rule('deleteBackup', `bs[${b}] == ${READY}`, `bs[${b}] = ${DELETED}; ${forgetBackup(b)}`),
      rule('purge', `bs[${b}] == ${DELETED}`, `bs[${b}] = 0`),
    ]),
    rule('recreate', hs.map(h => `hs[${h}] == 0`).join(' && '), 'mode = 3 - mode'),
    rule(
      'writeKey',
      hs.map(h => `(hs[${h}] == ${ACTIVE} && hv[${h}] < ${versions})`).join(' || '),
      hs.map(h => `if :: hs[${h}] == ${ACTIVE} -> hv[${h}]++ :: else fi`).join('; '),
    ),
  ]
  return program({
    comment: `${hsms} HSM slots, ${backups} backup slots, versions 0 to ${versions}`,
    variables: [`hs[${hsms}], hv[${hsms}], ho[${hsms}]`, `bs[${backups}], bv[${backups}], bm[${backups}]`],
    hidden: ['a', 'l'],
    rules,
  })
}
