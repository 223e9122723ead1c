import { onBeforeUnmount, ref, type Ref } from 'vue'

const MILLIS_A_MONTH = 700

/** Plays the months one after the other, from the first if the last is shown. */
export function usePlayer(months: Ref<number[]>, at: Ref<number>, show: (month: number) => void) {
  const playing = ref(false)
  let timer = 0

  function go(to: number): void {
    const month = months.value[to]
    if (month !== undefined) {
      show(month)
    }
  }

  function play(): void {
    playing.value = !playing.value
    clearInterval(timer)
    if (!playing.value) {
      return
    }
    if (at.value >= months.value.length - 1) {
      go(0)
    }
    timer = window.setInterval(() => (at.value >= months.value.length - 1 ? play() : go(at.value + 1)), MILLIS_A_MONTH)
  }

  onBeforeUnmount(() => clearInterval(timer))
  return { playing, go, play }
}
