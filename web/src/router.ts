import { createRouter, createWebHistory } from 'vue-router'
import { loadSession, me, rights } from './api/state'
import { Problem } from './api/client'

/** The first page of a role. */
export function home(): string {
  return rights.value.overview ? '/overview' : rights.value.audit ? '/audit' : '/password'
}

export const router = createRouter({
  history: createWebHistory(),
  routes: [
    // Who is signed in is known only once the guard has asked: it sends on from here.
    { path: '/', component: () => import('./pages/Overview.vue') },
    { path: '/sign-in', component: () => import('./pages/SignIn.vue'), meta: { bare: true } },
    { path: '/password', component: () => import('./pages/ChangePassword.vue') },
    { path: '/overview', component: () => import('./pages/Overview.vue') },
    { path: '/map', component: () => import('./pages/Map.vue'), meta: { full: true } },
    { path: '/analysis', component: () => import('./pages/Analysis.vue') },
    { path: '/analysis/series', component: () => import('./pages/Series.vue') },
    { path: '/analysis/flows', component: () => import('./pages/Flows.vue') },
    { path: '/analysis/transitions', component: () => import('./pages/Transitions.vue') },
    { path: '/analysis/supply-demand', component: () => import('./pages/SupplyDemand.vue') },
    { path: '/analysis/closes', component: () => import('./pages/Closes.vue') },
    { path: '/analysis/exports', component: () => import('./pages/Exports.vue') },
    { path: '/analysis/reports', component: () => import('./pages/Reports.vue') },
    { path: '/people', component: () => import('./pages/People.vue') },
    { path: '/people/:ref', component: () => import('./pages/Person.vue') },
    { path: '/employers', component: () => import('./pages/Employers.vue') },
    { path: '/employers/key', component: () => import('./pages/KeyEmployers.vue') },
    { path: '/employers/:ref', component: () => import('./pages/Employer.vue') },
    { path: '/intake', component: () => import('./pages/Intake.vue') },
    { path: '/accounts', component: () => import('./pages/Accounts.vue') },
    { path: '/audit', component: () => import('./pages/Audit.vue') },
    { path: '/:rest(.*)', component: () => import('./pages/NotFound.vue') },
  ],
  scrollBehavior: (to, from, saved) => saved ?? (to.path === from.path ? {} : { top: 0 }),
})

router.beforeEach(async (to) => {
  if (to.meta.bare) {
    return true
  }
  if (!me.value) {
    try {
      await loadSession()
    } catch (problem) {
      if (problem instanceof Problem && problem.status === 401) {
        return { path: '/sign-in', query: to.fullPath === '/' ? {} : { then: to.fullPath } }
      }
      throw problem
    }
  }
  if (me.value?.mustChange && to.path !== '/password') {
    return '/password'
  }
  return to.path === '/' ? home() : true
})
