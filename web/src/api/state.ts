import { computed, reactive, ref } from 'vue'
import { get, show } from './client'
import type { components } from './schema'

export type Schemas = components['schemas']
export type Me = Schemas['Me']
export type Words = Schemas['Words']
export type Snapshot = Schemas['Snapshot']

/** Who is signed in, and the words of codes: asked for once. */
export const me = ref<Me>()
export const words = ref<Words>()
export const snapshot = ref<Snapshot>()

export async function loadSession(): Promise<void> {
  me.value = await get<Me>('/me')
  if (!me.value.mustChange) {
    const [w, s] = await Promise.all([get<Words>('/words'), get<Snapshot>('/snapshot')])
    words.value = w
    snapshot.value = s
    show(s.id)
  }
}

export function forgetSession(): void {
  me.value = undefined
}

const STAFF = ['PROVINCE', 'CITY', 'COUNTY', 'TOWNSHIP', 'VILLAGE']

/** What a role may open; the server decides, this only spares people doors that are shut. */
export const rights = computed(() => {
  const role = me.value?.role ?? ''
  return {
    overview: [...STAFF, 'ANALYST', 'ADMINISTRATOR'].includes(role),
    /** Counts without noise, and by industry where few stand behind them. */
    exact: ['PROVINCE', 'CITY', 'COUNTY'].includes(role),
    people: STAFF.includes(role),
    employers: STAFF.includes(role),
    intake: ['ADMINISTRATOR', 'PROVINCE', 'CITY', 'COUNTY', 'ANALYST'].includes(role),
    files: ['ADMINISTRATOR', 'PROVINCE'].includes(role),
    upload: ['ADMINISTRATOR', 'PROVINCE', 'CITY', 'COUNTY'].includes(role),
    accounts: role === 'ADMINISTRATOR',
    audit: role === 'AUDITOR',
  }
})

/** Loads something, keeping its three states: being loaded, failed, there. */
export function useLoad<T>(load: () => Promise<T>) {
  const state = reactive({ loading: false, problem: undefined as unknown, value: undefined as T | undefined })
  let turn = 0
  async function run(): Promise<void> {
    const mine = ++turn
    state.loading = true
    state.problem = undefined
    try {
      const value = await load()
      if (mine === turn) {
        state.value = value as never
      }
    } catch (problem) {
      if (mine === turn) {
        state.problem = problem
      }
    } finally {
      if (mine === turn) {
        state.loading = false
      }
    }
  }
  return { state, run }
}
