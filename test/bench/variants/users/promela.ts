/** The variant with users in Promela, written from its description beside the network. */
import { program, rule, upTo } from '../../spin/text.ts'
import type { UsersSize } from './view.ts'

/** Values of `hs` (absent is 0), of `bs` (empty is 0) and of `us` (none is 0). */
const [PROVISIONING, ACTIVE, FAILED] = [1, 2, 3]
const [CREATING, READY, DELETED] = [1, 2, 3]
const [OUT, IN, LOCKED] = [1, 2, 3]

const hsmRules = ({ hsms, backups }: UsersSize): readonly string[] => {
  const [hs, bs] = [upTo(hsms), upTo(backups)]
  const isActive = (h: number) => `hs[${h}] == ${ACTIVE}`
  const isAlone = (h: number) =>
    [`hs[${h}] == ${PROVISIONING}`, ...hs.map(other => `hs[${other}] != ${ACTIVE}`)].join(' && ')
  const isUsable = (b: number) => `bs[${b}] == ${READY} && bm[${b}] == mode`
  const forget = (h: number) => `hv[${h}] = 0; ho[${h}] = 0`
  const take = (h: number, b: number) => `bs[${b}] = ${CREATING}; bv[${b}] = hv[${h}]; bm[${b}] = mode`
  const findLatest = bs.map(b => `if :: ${isUsable(b)} && bv[${b}] > l -> l = bv[${b}] :: else fi`).join('; ')
  return hs.flatMap(h => [
    rule('createHsm', `hs[${h}] == 0`, `hs[${h}] = ${PROVISIONING}`),
    rule('start', isAlone(h), `l = 0; ${findLatest}; hv[${h}] = l; ho[${h}] = mode; hs[${h}] = ${ACTIVE}`),
    rule('fail', `hs[${h}] == ${PROVISIONING} || ${isActive(h)}`, `hs[${h}] = ${FAILED}; ${forget(h)}`),
    rule('deleteFailed', `hs[${h}] == ${FAILED}`, `hs[${h}] = 0`),
    ...bs.flatMap(b => [
      rule('deleteHsm', `${isActive(h)} && bs[${b}] == 0`, `${take(h, b)}; hs[${h}] = 0; ${forget(h)}`),
      rule('startBackup', `${isActive(h)} && bs[${b}] == 0`, take(h, b)),
      rule(
        'restore',
        `${isAlone(h)} && ${isUsable(b)}`,
        `hs[${h}] = ${ACTIVE}; hv[${h}] = bv[${b}]; ho[${h}] = bm[${b}]`,
      ),
      ...bs
        .filter(c => c !== b)
        .map(c =>
          rule(
            'copy',
            `${isActive(h)} && ${isUsable(b)} && bs[${c}] == 0`,
            `bs[${c}] = ${CREATING}; bv[${c}] = bv[${b}]; bm[${c}] = bm[${b}]`,
          ),
        ),
    ]),
  ])
}

const backupRules = ({ backups }: UsersSize): readonly string[] =>
  upTo(backups).flatMap(b => [
    rule('finish', `bs[${b}] == ${CREATING}`, `bs[${b}] = ${READY}`),
    rule('deleteBackup', `bs[${b}] == ${READY}`, `bs[${b}] = ${DELETED}; bv[${b}] = 0; bm[${b}] = 0`),
    rule('purge', `bs[${b}] == ${DELETED}`, `bs[${b}] = 0`),
  ])

const userRules = ({ hsms, users, versions, mistakes }: UsersSize): readonly string[] => {
  const [hs, us] = [upTo(hsms), upTo(users)]
  const isActive = (h: number) => `hs[${h}] == ${ACTIVE}`
  const anyActive = hs.map(isActive).join(' || ')
  const isOpen = hs.map(h => `(${isActive(h)} && hv[${h}] < ${versions})`).join(' || ')
  const write = hs.map(h => `if :: ${isActive(h)} -> hv[${h}]++ :: else fi`).join('; ')
  return us.flatMap(u => [
    ...hs.flatMap(h => [
      rule('enrol', `us[${u}] == 0 && ${isActive(h)}`, `us[${u}] = ${OUT}`),
      rule('logIn', `us[${u}] == ${OUT} && ${isActive(h)}`, `us[${u}] = ${IN}; um[${u}] = 0`),
      ...hs
        .filter(g => g !== h)
        .map(g =>
          rule(
            'clone',
            `us[${u}] == ${IN} && ${isActive(h)} && hs[${g}] == ${PROVISIONING}`,
            `hs[${g}] = ${ACTIVE}; hv[${g}] = hv[${h}]; ho[${g}] = ho[${h}]`,
          ),
        ),
    ]),
    rule(
      'mistake',
      `us[${u}] == ${OUT}`,
      `um[${u}]++; if :: um[${u}] >= ${mistakes} -> us[${u}] = ${LOCKED}; um[${u}] = 0 :: else fi`,
    ),
    rule('logOut', `us[${u}] == ${IN}`, `us[${u}] = ${OUT}`),
    rule('unlock', `us[${u}] == ${LOCKED} && (${anyActive})`, `us[${u}] = ${OUT}`),
    rule('remove', `us[${u}] == ${OUT}`, `us[${u}] = 0; um[${u}] = 0`),
    rule('writeKey', `us[${u}] == ${IN} && (${isOpen})`, write),
  ])
}

/** Of each HSM its state, version and origin; of each backup its state, version and mode; of each user the state and the mistakes. */
export const usersPromela = (size: UsersSize): string => {
  const { hsms, backups, users, versions, mistakes } = size
  const isEmpty = upTo(hsms).map(h => `hs[${h}] == 0`)
  const vanish = upTo(users).map(u => `us[${u}] = 0; um[${u}] = 0`)
  return program({
    comment: `${hsms} HSM slots, ${backups} backup slots, ${users} users, versions 0 to ${versions}, ${mistakes} mistakes`,
    variables: [
      ...['hs', 'hv', 'ho'].map(name => `${name}[${hsms}]`),
      ...['bs', 'bv', 'bm'].map(name => `${name}[${backups}]`),
      ...['us', 'um'].map(name => `${name}[${users}]`),
    ],
    hidden: ['l'],
    rules: [
      ...hsmRules(size),
      ...backupRules(size),
      ...userRules(size),
      rule('recreate', isEmpty.join(' && '), ['mode = 3 - mode', ...vanish].join('; ')),
    ],
  })
}
