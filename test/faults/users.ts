/** HSMs and clients that break a clause about users, keys, policies, or the way to the HSM. */
import { gcm } from '@noble/ciphers/aes.js'
import { equalBytes } from '@noble/ciphers/utils.js'
import { concatBytes } from '@noble/hashes/utils.js'
import { defaultClientParts, defaultParts, type Parts } from '../../impl/index.ts'
import { inAccount, inClient, inHsm, inService, type Fault } from './fault.ts'

const { isPermitted } = defaultParts
const TAG_LENGTH = 16

/** Records with a tag and no encryption. */
const plainRecords: Parts['records'] = {
  seal: (key, nonce, plaintext) => concatBytes(plaintext, gcm(key, nonce, plaintext).encrypt(new Uint8Array(0))),
  open: (key, nonce, record) => {
    const plaintext = record.slice(0, -TAG_LENGTH)
    return equalBytes(plainRecords.seal(key, nonce, plaintext), record) ? plaintext : null
  },
}

export const userFaults: readonly Fault[] = [
  inAccount('§channel.sealed', 'authenticates the records of a channel and does not encrypt them', {
    hsm: { ...defaultParts, records: plainRecords },
    client: { ...defaultClientParts, records: plainRecords },
  }),
  inHsm('§boundary.nonce', 'gives all sessions of an HSM one key', {
    sessionKey: secret => defaultParts.sessionKey(secret, 0, new Uint8Array(16)),
  }),
  inService('§client.available', 'lets an HSM that is being deleted serve its clients', {
    isServing: ({ state }) => state === 'ACTIVE' || state === 'DELETE_IN_PROGRESS',
  }),
  inClient('§client.certificate', 'talks to an HSM whatever certificate it shows', { isTrusted: () => true }),
  inHsm('§user.activate.once', 'can be activated a second time', { isActivable: () => true }),
  inHsm('§user.activate', 'keeps PRECO beside the officer', {
    activateUsers: (users, verifier, publicKey) => [
      ...defaultParts.activateUsers(users, verifier, publicKey),
      ...users.filter(({ role }) => role === 'PRECO'),
    ],
  }),
  inHsm('§user.login.missing', 'answers LOGIN_FAILURE for a user who does not exist', {
    findUser: (users, name) =>
      defaultParts.findUser(users, name) ?? { name, role: 'CU', verifier: null, publicKey: null },
  }),
  inHsm('§user.login', 'lets only crypto users log in', {
    isPermitted: (role, operation) => isPermitted(role, operation) && (operation !== 'LogIn' || role === 'CU'),
  }),
  inHsm('§user.permission', 'lets crypto users create users', {
    isPermitted: (role, operation) => isPermitted(role, operation) || (operation === 'CreateUser' && role === 'CU'),
  }),
  inHsm('§user.create.exists', 'creates a user with a name that is taken', { isNameTaken: () => false }),
  inHsm('§user.create', 'accepts a new user and does not create it', { addUser: users => users }),
  inHsm('§key.permission', 'lets officers generate keys', {
    isPermitted: (role, operation) => isPermitted(role, operation) || (operation === 'GenerateKey' && role === 'CO'),
  }),
  inHsm('§key.missing', 'computes with a key of zeros when there is no such key', {
    findKey: (keys, label) =>
      defaultParts.findKey(keys, label) ?? {
        label,
        kind: 'AES',
        value: new Uint8Array(32),
        owner: '',
        token: false,
        sensitive: false,
        extractable: false,
      },
  }),
  inHsm('§key.generate', 'answers the label of a key and does not keep the key', { addKey: keys => keys }),
  inHsm('§key.use', 'computes the same whatever it is given', {
    computeCheck: key => defaultParts.computeCheck(key, new Uint8Array(16)),
  }),
  inHsm('§policy.permission', 'lets crypto users set the policy', {
    isPermitted: (role, operation) => isPermitted(role, operation) || (operation === 'SetPolicy' && role === 'CU'),
  }),
  inHsm('§policy.set', 'accepts a policy and leaves the old one', { nextPolicy: current => current }),
  inHsm('§quorum.permission', 'lets crypto users set the quorum value', {
    isPermitted: (role, operation) => isPermitted(role, operation) || (operation === 'SetQuorum' && role === 'CU'),
  }),
  inHsm('§quorum.set', 'sets a quorum value that is one too high', { nextQuorum: (_, value) => value + 1 }),
]
