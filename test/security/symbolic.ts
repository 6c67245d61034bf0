/** Designs that are broken where secrecy depends on them: each is rejected by the derivation of attacks, with the capabilities that it takes. */
import { overrideAction, overrideGuard } from '../../model/index.ts'
import type { Language, Written } from '../../model/attack/index.ts'
import type { SecurityFault } from './fault.ts'
import { certifyLiar, listenLater } from './played.ts'
import { added, sayAdded, type Design } from './symbolic-check.ts'

/** A term by that name means something else. */
const means =
  (short: string, long: string) =>
  (language: Language): Language => {
    const head = (text: string) => text.split('(')[0]
    if (!language.abbreviations.some(([name]) => head(name) === head(short)))
      throw new Error(`expected an abbreviation, got ${short}`)
    return {
      ...language,
      abbreviations: language.abbreviations.map(entry => (head(entry[0]) === head(short) ? [short, long] : entry)),
    }
  }

/** A rule asks for less, or for something else. Throws where there is none of that name. */
const asks =
  (id: string, when: readonly string[], needs?: readonly string[]) =>
  (rules: readonly Written[]): readonly Written[] => {
    if (!rules.some(rule => rule.id === id)) throw new Error(`expected a rule, got ${id}`)
    return rules.map(rule => (rule.id === id ? { ...rule, when, ...(needs && { needs }) } : rule))
  }

const also =
  (...more: readonly Written[]) =>
  (rules: readonly Written[]): readonly Written[] => [...rules, ...more]

interface Broken extends Design {
  readonly clause: string
  readonly what: string
  /** Plays the attack on an implementation that is broken like that, where the model has no steps for it: what comes of it; null where nothing does. */
  readonly played?: () => string | null
}

const BROKEN: readonly Broken[] = [
  {
    clause: '§key.akbk',
    what: 'PBK is derived without AKBK',
    language: means('wrapping(N, A, M)', 'kdf(mkbk(N), nothing, M)'),
    edits: [overrideGuard('hardware', 'isCommissioned', () => true)],
  },
  {
    clause: '§key.mkbk',
    what: 'PBK is derived without MKBK',
    language: means('wrapping(N, A, M)', 'kdf(nothing, A, M)'),
    edits: [overrideAction('backup', 'wrapUnderPbk', () => ({ wrappedUnder: ['AKBK'] }))],
  },
  {
    clause: '§key.mode',
    what: 'PBK is derived without the mode, which only the label says',
    language: means('wrapping(N, A, M)', 'kdf(mkbk(N), A, any)'),
    edits: [overrideGuard('hardware', 'isKeyOfOwnMode', () => true)],
  },
  {
    clause: '§hardware.zeroise',
    what: 'hardware that boots in another mode keeps its contents',
    rules: also({
      id: 'unit.keep',
      says: 'keeps its contents in whatever mode it boots',
      when: ['holds(unit(N, A), M, O)', 'runs(unit(N, A), Y, M1)'],
      then: ['holds(unit(N, A), M1, O)'],
    }),
    edits: [overrideAction('hardware', 'zeroise', () => ({}))],
  },
  {
    clause: '§hardware.firmware',
    what: 'firmware boots that nobody of the manufacturer signed',
    rules: asks('unit.boot', ['has(unit(N, A), N, A)', 'class(F, M)', 'know(code(Y))']),
    edits: [overrideGuard('hardware', 'isSigned', () => true)],
  },
  {
    clause: '§backup.wrapped',
    what: 'the BEK leaves the HSM as it is, beside what it encrypts',
    language: means('sealed(N, A, M, B, O)', 'backup(header(M), B, senc(contents(O), B, header(M)))'),
    edits: [overrideAction('backup', 'wrapUnderPbk', () => ({ wrappedUnder: [] }))],
  },
  {
    clause: '§backup.sealed',
    what: 'contents leave the HSM under a key that everybody has',
    language: means(
      'sealed(N, A, M, B, O)',
      'backup(header(M), wrap(B, wrapping(N, A, M)), senc(contents(O), mine, header(M)))',
    ),
    edits: [overrideAction('backup', 'encryptUnderBek', () => ({ sealedUnder: [] }))],
  },
  {
    clause: '§hardware.ceremony',
    what: 'each officer carries the whole of AKBK',
    rules: also({
      id: 'share.whole',
      says: 'reads AKBK from one share',
      when: ['know(share(first))'],
      then: ['know(akbk)'],
      unmodelled: 'the model has no share by itself',
    }),
  },
  {
    clause: '§hardware.boot',
    what: 'the boot ROM gives the root keys to the firmware, and not handles',
    rules: also({
      id: 'evil.roots',
      says: 'its firmware reads the root keys',
      when: ['runs(unit(N, A), evil, M)'],
      then: ['know(mkbk(N))', 'know(A)'],
      unmodelled: 'the model gives its firmware no root keys',
    }),
  },
  {
    clause: '§hsm.join.sync',
    what: 'contents are masked between HSMs under a key that the service holds',
    language: means('masking(V, M, O)', 'mine'),
  },
  {
    clause: '§channel.sealed',
    what: "the client and an HSM agree on one key for all sessions, of the certificate's",
    language: means('session(V, M, O, C)', 'static(certkey(C))'),
    played: () => listenLater(true),
  },
  {
    clause: '§client.possession',
    what: 'the client does not ask for proof that the HSM has the key of its certificate',
    rules: asks('client.lured', ['modeOf(C, M)', 'pinned(C, J)', 'know(certified(J))']),
  },
  {
    clause: '§client.authority',
    what: "the client takes certificates of any authority for the customer's",
    rules: also({
      id: 'client.foreign',
      says: 'presents a certificate of its own authority',
      needs: ['client', 'carry'],
      when: ['modeOf(C, M)', 'know(greeting(lure, M, J))'],
      then: ['know(command(C))'],
      unmodelled: 'the model has no client that talks to anything but HSMs',
    }),
  },
  {
    clause: '§attest.mode',
    what: 'the attestation that the customer checks does not say in which mode the hardware is',
    language: means('attested(J, M)', 'attest(pub(J), any)'),
    played: () => certifyLiar(false),
  },
  {
    clause: '§hardware.tamper',
    what: 'hardware that is opened keeps its root keys',
    rules: rules => asks('opened.commissioned', [], ['stolen'])(asks('opened.blank', [], ['hardware'])(rules)),
  },
]

/** The design of which this is what is wrong. Throws where there is none. */
export const brokenBy = (what: string): Design => {
  const found = BROKEN.find(design => design.what === what)
  if (found === undefined) throw new Error(`expected a broken design, got ${what}`)
  return found
}

/** The first design that breaks a clause. Throws where there is none. */
export const broken = (clause: string): Design => {
  const found = BROKEN.find(design => design.clause === clause)
  if (found === undefined) throw new Error(`expected a design that breaks ${clause}`)
  return found
}

/** Each is put to the derivation; it says which goal is reached, by which minimal set of capabilities, and by which run. */
export const symbolicFaults: readonly SecurityFault[] = BROKEN.map(({ clause, what, played, ...design }) => ({
  clause,
  what,
  check: 'symbolic',
  found: () => {
    const more = added(design)
    const come = more === null ? null : (played?.() ?? null)
    return Promise.resolve(more === null ? null : sayAdded(more, come))
  },
}))
