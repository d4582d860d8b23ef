interface ImportMetaEnv {
  /** The Medusa store. @default "http://localhost:9000" */
  readonly VITE_MEDUSA_URL?: string
}
