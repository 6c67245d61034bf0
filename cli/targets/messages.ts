/** What passes between the suite and the thread in which a foreign target runs. */
import type { Request, Pending, TargetOptions } from '../../test/conformance/index.ts'

/** A call of one target of the module; targets are numbered by the suite. */
export type Call =
  | { readonly kind: 'open'; readonly target: number; readonly options: TargetOptions }
  | { readonly kind: 'apply'; readonly target: number; readonly request: Request }
  | { readonly kind: 'settle'; readonly target: number; readonly pending: Pending }
  | { readonly kind: 'pending' | 'observe' | 'view' | 'sealings' | 'close'; readonly target: number }

export interface Asked {
  readonly id: number
  readonly call: Call
}

/** The first message says how loading went; the others answer calls. `seen`: items of the view that were sent before. */
export type Message =
  | { readonly kind: 'loaded' }
  | { readonly kind: 'unusable'; readonly why: string }
  | { readonly kind: 'answer'; readonly id: number; readonly value: unknown; readonly seen?: number }
  | { readonly kind: 'threw'; readonly id: number; readonly why: string }
