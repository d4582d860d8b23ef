import react from "@vitejs/plugin-react"
import { defineConfig } from "vite"

// 8000: the port that a stock Medusa store's STORE_CORS allows
export default defineConfig({
  plugins: [react()],
  server: { port: 8000 },
  preview: { port: 8000 },
})
