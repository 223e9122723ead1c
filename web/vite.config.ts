import vue from '@vitejs/plugin-vue'
import { defineConfig } from 'vitest/config'

// Built straight into the jar's static files. No inline scripts: the server's policy forbids them.
export default defineConfig({
  plugins: [vue()],
  build: {
    outDir: 'target/classes/static',
    emptyOutDir: true,
    modulePreload: { polyfill: false },
    assetsInlineLimit: 0,
    chunkSizeWarningLimit: 1200,
  },
  server: { proxy: { '/api': 'http://localhost:8080' } },
  test: { environment: 'happy-dom', include: ['src/**/*.test.ts'] },
})
