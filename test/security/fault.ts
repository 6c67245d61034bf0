/** A security fault: a design or an implementation that is broken where secrecy depends on it, and the check that has to see it. */

export interface SecurityFault {
  /** The clause that it breaks. */
  readonly clause: string
  /** What is wrong with it, in a sentence; each fault has its own. */
  readonly what: string
  /** What should see it: the derivation of attacks, the bytes that leave a boundary, or two runs that differ in secrets alone. */
  readonly check: 'symbolic' | 'bytes' | 'two-run'
  /** Puts it to that check: what the check found, in a sentence that names the attack, the bytes or the difference; null where it saw nothing. */
  readonly found: () => Promise<string | null>
}
