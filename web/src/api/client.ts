import { ref } from 'vue'

/** A failure as the server says it (RFC 9457), or one of the way there. */
export class Problem extends Error {
  constructor(
    readonly status: number,
    readonly code: string,
    title: string,
    readonly next: string,
    readonly faults: { field: string; what: string }[] = [],
  ) {
    super(title)
  }
}

/** What a form says of a failure: the first thing that is wrong with what was filled in, else what happened. */
export function inOneLine(problem: unknown): string {
  const { message, faults } = problem as { message: string; faults?: { what: string }[] }
  return faults?.[0]?.what ?? message
}

/** The snapshot that pages show figures of; a link may name another one. */
let showing = ''

export function show(snapshot: string): void {
  showing = snapshot
}

/** Asks for figures of the snapshot that is shown: the server says when another one is in force. */
function meant(path: string): Record<string, string> {
  const linked = new URLSearchParams(location.search).get('snapshot')
  const id = linked ?? showing
  return id && /^\/(overview|analysis|map)\b/.test(path) ? { 'Ganye-Snapshot': id } : {}
}

/** Becomes true when a session has ended under the page. */
export const signedOut = ref(false)

function csrfToken(): string {
  const found = /(?:^|;\s*)XSRF-TOKEN=([^;]+)/.exec(document.cookie)
  return found ? decodeURIComponent(found[1] ?? '') : ''
}

async function failure(response: Response): Promise<Problem> {
  try {
    const body = (await response.json()) as {
      code?: string
      title?: string
      next?: string
      faults?: { field: string; what: string }[]
    }
    return new Problem(
      response.status,
      body.code ?? 'unknown',
      body.title ?? '请求失败',
      body.next ?? '稍后重试',
      body.faults ?? [],
    )
  } catch {
    return new Problem(response.status, 'unreadable-answer', '服务器的回答无法读取', '稍后重试')
  }
}

async function send(path: string, init: RequestInit): Promise<Response> {
  let response: Response
  try {
    response = await fetch('/api/v1' + path, { credentials: 'same-origin', ...init })
  } catch {
    throw new Problem(0, 'server-away', '连不上服务器', '检查网络后重试')
  }
  if (!response.ok) {
    const problem = await failure(response)
    if (problem.code === 'sign-in-needed') {
      signedOut.value = true
    }
    throw problem
  }
  return response
}

/** Parameters that are undefined or empty are left out. */
export function query(parameters: Record<string, string | number | boolean | undefined | null>): string {
  const given = Object.entries(parameters).filter(([, v]) => v !== undefined && v !== null && v !== '')
  return given.length ? '?' + new URLSearchParams(given.map(([k, v]) => [k, String(v)])).toString() : ''
}

export async function get<T>(path: string): Promise<T> {
  return (await (await send(path, { method: 'GET', headers: meant(path) })).json()) as T
}

/** What is no JSON: a tile of the map. */
export async function bytes(path: string): Promise<ArrayBuffer> {
  return (await send(path, { method: 'GET', headers: meant(path) })).arrayBuffer()
}

async function posted(path: string, body?: unknown): Promise<Response> {
  if (!csrfToken()) {
    await fetch('/api/v1/session/ways', { credentials: 'same-origin' })
  }
  const form = body instanceof FormData
  return send(path, {
    method: 'POST',
    headers: { 'X-XSRF-TOKEN': csrfToken(), ...(form ? {} : { 'Content-Type': 'application/json' }) },
    body: form ? body : JSON.stringify(body ?? {}),
  })
}

export async function post<T>(path: string, body?: unknown): Promise<T> {
  const text = await (await posted(path, body)).text()
  return (text ? JSON.parse(text) : undefined) as T
}

/** A file that the server makes of what it is sent. */
export async function made(path: string, body: unknown): Promise<Blob> {
  return (await posted(path, body)).blob()
}
