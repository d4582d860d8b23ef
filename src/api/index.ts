import { Router } from "express"
import { confirmRoute } from "../http/confirm"
import { answerError } from "../http/errors"

/** The plugin's router; Medusa mounts it at `/`, ahead of its own routes. */
export default function orderClaimRouter(): Router {
  const router = Router()
  confirmRoute(router)
  router.use(answerError)
  return router
}
