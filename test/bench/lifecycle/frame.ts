/** What surrounds the rules in Promela: a byte for each field, a constant for each word, and C that prints each step. */
import { FIELDS, PLANTED, stepOf } from './vocabulary.ts'

/** 0 is the word of an empty slot in every field; every other word has one number wherever it occurs. */
const WORDS = [...new Set(Object.values(FIELDS).flatMap(words => words.slice(1)))]
const constantOf = (word: string) => word.replace('.', '_')
const defines = WORDS.map((word, at) => `#define ${constantOf(word)} ${at + 1}`).join('\n')

const names = Object.keys(FIELDS)
const wordIn = (field: string) => `now.${field} ? words[now.${field}] : "${FIELDS[field]?.[0]}"`
const planted = Object.entries(PLANTED).map(([field, word]) => `${field} == ${constantOf(word)}`)

/** One rule: a d_step that waits for the guard, named after its input; `clauses` are what it was written from. */
export const rule = (name: string, clauses: string, guard: string, effect: string): string =>
  `  :: d_step { ${guard} -> c_code { tell(before); }; ${effect}; ` +
  `c_code { say("${name}"); }; watch() } /* ${clauses} */`

/** The whole text: the first step prints the initial line, and every later one is one of the rules. */
export const framed = (rules: readonly string[]): string => `/* smoke.lifecycle out of SPEC.md */
${defines}
byte ${names.join(', ')};
c_code {
  const char *const words[] = {"", ${WORDS.map(word => `"${word}"`).join(', ')}};
  char before[1000], after[1000];
  void tell(char *line) {
    sprintf(line, "${names.map(() => '%s').join(' ')}", ${names.map(wordIn).join(', ')});
  }
  void say(const char *name) {
    tell(after);
    if (strcmp(before, after) != 0) printf("${stepOf('%s', '%s', '%s')}\\n", name, before, after);
  }
}
inline watch() { assert(!(${planted.join(' && ')})) }

active proctype account() {
  d_step { c_code { say("Start"); } };
  do
${rules.join('\n')}
  od
}
`
