import { Router } from "express"
import { adminRoutes } from "../http/admin"
import { errorHandler } from "../http/errors"
import { pageRoutes } from "../http/hosted-page"
import { storeRoutes } from "../http/store"

/** The plugin's router; Medusa mounts it at `/`, ahead of its own routes. */
export default function orderClaimRouter(): Router {
  const router = Router()
  storeRoutes(router)
  adminRoutes(router)
  pageRoutes(router)
  router.use(errorHandler)
  return router
}
