import { useRoute, useRouter } from 'vue-router'

/** Choices that stand in the address of a page. */
export function useAddress() {
  const route = useRoute()
  const router = useRouter()
  return {
    route,
    router,
    /** A choice, or what holds without one. */
    given: (name: string, otherwise: string): string => String(route.query[name] ?? otherwise),
    /** Changes some choices; what is empty leaves the address. */
    set(change: Record<string, string | undefined>): void {
      const next = { ...route.query, ...change }
      void router.replace({ query: Object.fromEntries(Object.entries(next).filter(([, v]) => v)) })
    },
  }
}
