import { createNodeResolver, importX } from "eslint-plugin-import-x"
import tseslint from "typescript-eslint"
import layers from "./scripts/layers.js"

export default tseslint.config(
  {
    ignores: [
      "**/node_modules",
      "dist",
      ".cache",
      "coverage",
      "**/.next",
      "examples/nextjs/next-env.d.ts",
      "src/email/compiled-templates.js",
      "src/hosted-page/compiled-page.js",
      // one-line forwarders that packing writes and removes again
      "{api,loaders,migrations,models,services,subscribers}/*.js",
    ],
  },
  ...tseslint.configs.recommended,
  {
    files: ["**/*.js"],
    rules: { "@typescript-eslint/no-require-imports": "off" },
  },
  {
    files: ["**/*.{ts,tsx}"],
    extends: tseslint.configs.recommendedTypeChecked,
    languageOptions: {
      parserOptions: {
        projectService: true,
        tsconfigRootDir: import.meta.dirname,
      },
    },
    rules: {
      "@typescript-eslint/no-explicit-any": "error",
      "@typescript-eslint/no-floating-promises": "error",
      "@typescript-eslint/switch-exhaustiveness-check": "error",
    },
  },
  {
    // a project of its own: `next build` checks its types, with its own packages
    files: ["examples/nextjs/**"],
    extends: [tseslint.configs.disableTypeChecked],
  },
  {
    // tests look at every layer they need
    files: ["src/**/*.{ts,tsx}"],
    ignores: ["**/__tests__/**"],
    plugins: { "import-x": importX },
    settings: {
      "import-x/extensions": [".ts", ".tsx"],
      "import-x/parsers": { "@typescript-eslint/parser": [".ts", ".tsx"] },
      "import-x/resolver-next": [
        createNodeResolver({ extensions: [".ts", ".tsx", ".d.ts", ".js"] }),
      ],
    },
    rules: {
      "import-x/no-cycle": "error",
      "import-x/no-restricted-paths": [
        "error",
        { basePath: import.meta.dirname, zones: layers.zones },
      ],
    },
  }
)
