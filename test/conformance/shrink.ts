/** Shrinking: from a story that fails to one from which no event can be left out, with the model dropping what can no longer happen. */
import type { CloudHsm } from '../../model/index.ts'
import type { Story } from './event.ts'
import { SLOTS } from './explain.ts'
import { narrator } from './narrator.ts'

/** What is known of how short a story is. */
export type Minimality = '1-minimal' | 'not minimised'

export interface Shrunk {
  readonly story: Story
  readonly minimality: Minimality
  /** Stories that were tried on the target. */
  readonly tried: number
}

export interface ShrinkOptions {
  /** A model that explains the target up to the failure. */
  readonly model: CloudHsm
  /** Whether the story fails in the same way; answers the events that it took to fail, or null. */
  readonly fails: (story: Story) => Promise<Story | null>
  /** Stories to try on the target at most. */
  readonly most?: number
  readonly signal?: AbortSignal
}

/** The events of a story that can still happen; names stay as they are, so what an event says stays as it was. */
export const possible = (model: CloudHsm, story: Story): Story => {
  const { follow, story: told } = narrator(model, SLOTS, 'keep names')
  for (const event of story) follow(event)
  return told()
}

/**
 * Delta debugging (Zeller and Hildebrandt's ddmin, complements only): ever smaller runs of events are left out while the story still
 * fails, until no single event can be. A story that was tried is not tried again.
 */
export const shrink = async (
  failing: Story,
  { model, fails, most = Infinity, signal }: ShrinkOptions,
): Promise<Shrunk> => {
  const tried = new Set<string>()
  const isOver = (): boolean => signal?.aborted === true || tried.size >= most
  const attempt = async (candidate: Story): Promise<Story | null> => {
    const repaired = possible(model, candidate)
    const key = JSON.stringify(repaired)
    if (tried.has(key)) return null
    tried.add(key)
    return fails(repaired)
  }
  let story = failing
  for (let size = Math.max(1, story.length >> 1); ;) {
    const smaller = await withoutOneRun(story, size, attempt, isOver)
    if (isOver()) return { story, minimality: 'not minimised', tried: tried.size }
    if (smaller !== null) {
      story = smaller
      size = Math.min(size, Math.max(1, story.length >> 1))
    } else if (size === 1) return { story, minimality: '1-minimal', tried: tried.size }
    else size = size >> 1
  }
}

/** The story without some run of `size` events, if it still fails; later runs are tried first. */
const withoutOneRun = async (
  story: Story,
  size: number,
  attempt: (candidate: Story) => Promise<Story | null>,
  isOver: () => boolean,
): Promise<Story | null> => {
  for (let end = story.length; end > 0 && !isOver(); end -= size) {
    const start = Math.max(0, end - size)
    const smaller = await attempt([...story.slice(0, start), ...story.slice(end)])
    if (smaller !== null && smaller.length < story.length) return smaller
  }
  return null
}
