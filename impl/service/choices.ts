/** What SPEC.md 1.3 lets an implementation choose. */

/** What an implementation may choose, under the names of SPEC.md 1.3. */
export interface Choices {
  readonly 'choice.backup.delete.again': 'refused' | 'accepted'
  readonly 'choice.hsm.delete.creating': 'refused' | 'accepted'
}
